import { type Chip, chipText, parseChip, sameChip } from './filter.ts';
import { DEFAULT_RANGE, parseRange, type Range } from './time.ts';

/**
 * Where the reader is: the address, and what it says. Every state of a page is in it, so that going back, sharing and
 * opening beside work by themselves. Parameters that no page knows are kept.
 */

/** Parameters that stay when the reader goes to another page. */
const KEPT = ['f', 'q', 't', 'live'];

export type Changes = Record<string, string | readonly string[] | undefined>;

let path = $state(location.pathname);
let search = $state(location.search);
let now = $state(Date.now());

const params = $derived(new URLSearchParams(search));
// By their text, so that what follows chips or the range is left alone when another parameter changes.
const filterText = $derived(JSON.stringify(params.getAll('f')));
const filters = $derived(JSON.parse(filterText) as string[]);
const chips = $derived(filters.map(parseChip).filter((chip) => chip !== undefined));
/** What no chip can be read from: it has no effect, and stays where it is until the reader removes it. */
const unread = $derived(filters.filter((text) => parseChip(text) === undefined));
const written = (all: readonly Chip[]) => [...all.map(chipText), ...unread];
const rangeText = $derived(params.get('t') ?? DEFAULT_RANGE);
const range: Range = $derived(
  parseRange(rangeText, now) ?? parseRange(DEFAULT_RANGE, now) ?? { from: now - 3_600_000, to: now, moving: true },
);

const encoded = (name: string, values: readonly string[]) => values.map((value) => new URLSearchParams([[name, value]]).toString()).join('&');

/** Each parameter as the address has it, written once: a page has many links, and an address may have many chips. */
const texts = $derived(new Map([...new Set(params.keys())].map((name) => [name, encoded(name, params.getAll(name))])));

function changed(names: Iterable<string>, changes: Changes): string {
  const parts: string[] = [];
  for (const name of names) if (!(name in changes)) parts.push(texts.get(name) ?? '');
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) parts.push(encoded(name, typeof value === 'string' ? [value] : value));
  const text = parts.filter((part) => part !== '').join('&');
  return text === '' ? '' : `?${text}`;
}

export const place = {
  get path() {
    return path;
  },
  get chips(): readonly Chip[] {
    return chips;
  },
  get unread(): readonly string[] {
    return unread;
  },
  get words() {
    return params.get('q') ?? '';
  },
  get range() {
    return range;
  },
  get rangeText() {
    return rangeText;
  },
  /** How often a moving range is asked for again, in milliseconds; 0 for never. */
  get refreshMillis() {
    const text = params.get('live') ?? '10s';
    const found = /^(\d+)s$/.exec(text);
    return found ? Number(found[1]) * 1000 : 0;
  },
  param(name: string) {
    return params.get(name) ?? undefined;
  },

  /** The address of this page with changes. */
  here(changes: Changes): string {
    return path + changed(texts.keys(), changes);
  },
  /** The address of another page, with filter and time kept. */
  to(target: string, changes: Changes = {}): string {
    return target + changed(KEPT, changes);
  },
  go(address: string) {
    if (address === path + search) return;
    history.pushState(null, '', address);
    read();
  },
  /** Changes this page's address by one step of history. */
  change(changes: Changes) {
    place.go(place.here(changes));
  },
  /** The same without a step: for what the reader did not do. */
  replace(address: string) {
    history.replaceState(null, '', address);
    read();
  },
  tick() {
    now = Date.now();
  },

  addChip(chip: Chip) {
    if (!chips.some((one) => sameChip(one, chip))) place.change({ f: written([...chips, chip]) });
  },
  removeChip(chip: Chip) {
    place.change({ f: written(chips.filter((one) => !sameChip(one, chip))) });
  },
  removeUnread(text: string) {
    place.change({ f: [...chips.map(chipText), ...unread.filter((one) => one !== text)] });
  },
  /** Puts a chip in the place of another, or at the end if there is no other; words become a chip or stay. */
  putChip(chip: Chip, instead: Chip | undefined) {
    const others = chips.filter((one) => !sameChip(one, chip) || (instead !== undefined && sameChip(one, instead)));
    const put = instead && others.some((one) => sameChip(one, instead)) ? others.map((one) => (sameChip(one, instead) ? chip : one)) : [...others, chip];
    place.change({ f: written(put), q: undefined });
  },
  /** The parameter `f` for these chips besides those that are there. */
  with(...more: Chip[]): string[] {
    const keys = new Set(more.map((chip) => chip.key));
    return written([...chips.filter((chip) => !keys.has(chip.key)), ...more]);
  },
};

/** What is asked for: whatever else changes, a moving range stays where it is. */
const asked = (of: URLSearchParams) => JSON.stringify(KEPT.map((name) => of.getAll(name)));

function read() {
  const next = new URLSearchParams(location.search);
  if (location.pathname !== path || asked(next) !== asked(params)) now = Date.now();
  path = location.pathname;
  search = location.search;
}

addEventListener('popstate', read);

/** Follows links of this origin without loading the page anew; what asks for a new tab is left to the browser. */
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return;
  event.preventDefault();
  place.go(link.pathname + link.search);
});
