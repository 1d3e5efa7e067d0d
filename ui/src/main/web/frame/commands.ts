import type { Change } from '../api/insight.ts';
import type { IconName } from '../parts/icons.ts';
import { type Chip, isTraceId } from '../state/filter.ts';
import { LANGUAGES, languagesOf } from './language.ts';

/** What the palette offers for what was typed. */

export interface Command {
  readonly group: string;
  readonly icon: IconName;
  readonly text: string;
  /** A fact at the right. */
  readonly aside?: string;
  /** Where it goes; it can be opened beside. */
  readonly to?: string;
  /** What it does, where it does not go anywhere. */
  readonly run?: () => void;
}

export const GROUPS = ['Queries', 'Traces', 'Services', 'Do, on the current filter and time', 'Metrics', 'Attributes', 'Changes', 'Go to', 'Settings'] as const;

/** What is known of the store, as far as it has been asked. */
export interface Known {
  readonly services: readonly string[];
  readonly metrics: readonly string[];
  readonly attributes: readonly string[];
  readonly changes: readonly { readonly change: Change; readonly words: string; readonly when: string; readonly t: string }[];
}

/** Addresses that keep filter and time. */
export interface Ways {
  to(path: string, changes?: Record<string, string | readonly string[] | undefined>): string;
  here(changes: Record<string, string | readonly string[] | undefined>): string;
  with(...chips: Chip[]): string[];
}

const serviceChip = (name: string): Chip => ({ key: 'service.name', operator: '=', value: name });

/** Those whose name has the text in it, the ones that begin with it first. */
export function like(names: readonly string[], text: string, most: number): string[] {
  const lower = text.toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(lower)).sort((one, other) => Number(other.toLowerCase().startsWith(lower)) - Number(one.toLowerCase().startsWith(lower))).slice(0, most);
}

/** The commands of what was typed, in the order of their groups; none of them for nothing typed. */
export function commandsFor(typed: string, known: Known, ways: Ways): Command[] {
  const text = typed.trim();
  if (text === '') return [];
  if (isTraceId(text)) return [{ group: 'Traces', icon: 'traces', text: `Open trace ${text}`, to: ways.to(`/trace/${text.toLowerCase().padStart(32, '0')}`) }];
  const queries = languagesOf(text).map((language): Command => {
    const { name, page, path } = LANGUAGES[language];
    return { group: 'Queries', icon: language === 'promql' ? 'metrics' : language === 'logql' ? 'logs' : 'traces', text: `Run as ${name}`, aside: `on ${page}`, to: ways.to(path, language === 'promql' ? { a: text, q: undefined } : { q: text }) };
  });
  const list: Command[] = [...queries];
  const doing = GROUPS[3];
  like(known.services, text, 4).forEach((name, index) => {
    const only = { f: ways.with(serviceChip(name)), q: undefined };
    list.push({ group: 'Services', icon: 'services', text: name, to: ways.to(`/services/${encodeURIComponent(name)}`) });
    if (index > 0) return;
    list.push(
      { group: doing, icon: 'traces', text: `Traces through ${name}`, to: ways.to('/traces', only) },
      { group: doing, icon: 'logs', text: `Error logs of ${name}`, to: ways.to('/logs', { f: ways.with(serviceChip(name), { key: 'level', operator: '>=', value: 'error' }), q: undefined }) },
      { group: doing, icon: 'compare', text: `Compare slow ${name} spans with the rest`, to: ways.to('/traces', { ...only, by: 'slow' }) },
      { group: doing, icon: 'plus', text: `Filter to ${name}`, to: ways.here({ f: only.f }) },
    );
  });
  for (const name of like(known.metrics, text, 6)) list.push({ group: 'Metrics', icon: 'metrics', text: name, to: ways.to('/metrics', { m: name }) });
  for (const name of like(known.attributes, text, 4)) {
    list.push({ group: 'Attributes', icon: 'group', text: `Group by ${name}`, to: ways.to('/traces', { group: name }) });
  }
  const lower = text.toLowerCase();
  for (const { words, when, t } of known.changes.filter((one) => one.words.toLowerCase().includes(lower)).slice(0, 4)) list.push({ group: 'Changes', icon: 'pipeline', text: words, aside: when, to: ways.here({ t }) });
  return list;
}

/** The text cut where the typed letters are in it, for the eye: before, the letters, after. */
export function marked(text: string, typed: string): readonly [string, string, string] {
  const at = typed.trim() === '' ? -1 : text.toLowerCase().indexOf(typed.trim().toLowerCase());
  return at < 0 ? [text, '', ''] : [text.slice(0, at), text.slice(at, at + typed.trim().length), text.slice(at + typed.trim().length)];
}
