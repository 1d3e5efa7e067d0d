import { tick } from 'svelte';
import { layers } from '../state/layers.svelte.ts';
import { place } from '../state/place.svelte.ts';

/** What a page tells of the rows whose details open in the drawer. */
export interface List {
  /** The key of each row, in the order they are shown. */
  readonly keys: () => readonly string[];
  /** The page that has the whole of a row, whether or not it is in the list. */
  readonly address: (key: string) => string;
  /** The key of the value that a row stands for, which is the row's own key; absent where it stands for none. */
  readonly of?: string;
}

export const isField = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Where the reader is in a list: at most one row, whose element has its key as `data-row`. Keys: `j` `k` to the next row
 * and the one before, Enter opens the drawer with the row's details, `o` its page,
 * `.` the menu of its value, Esc closes the drawer. The row in the
 * drawer is parameter `drawer` of the address.
 */
export class Rows {
  /** Brings a row into view, where the rows scroll by themselves. */
  table: { show: (index: number) => boolean } | undefined;
  private at = $state<string | undefined>();

  /** How often the focus was to move: who waits for a row to be drawn gives it up when another move came. */
  private moves = 0;

  constructor(private readonly list: List) {}

  /** The row in the drawer. */
  get opened() {
    return place.param('drawer');
  }

  /** The row that the reader is at. */
  get current() {
    return this.opened ?? this.at;
  }

  get address() {
    return this.current === undefined ? undefined : this.list.address(this.current);
  }

  open(key: string) {
    if (key === this.opened) return;
    this.moves++;
    const next = place.here({ drawer: key });
    if (this.opened === undefined) place.go(next);
    else place.replace(next);
  }

  close() {
    this.at = this.opened;
    place.change({ drawer: undefined });
  }

  /** Gives the focus to the row that the reader is at, once it is there, unless it goes elsewhere meanwhile; false where no element has it. */
  async focus(): Promise<boolean> {
    const move = ++this.moves;
    const keys = this.list.keys();
    const index = keys.findIndex((key) => key === this.current);
    if (index < 0) return false;
    const shown = this.table?.show(index) ?? false;
    await tick();
    await new Promise(requestAnimationFrame);
    if (move !== this.moves) return true;
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(keys[index] ?? '')}"]`);
    row?.focus({ preventScroll: shown });
    return row !== null;
  }

  private menu(of: string, key: string) {
    const box = document.querySelector(`[data-row="${CSS.escape(key)}"]`)?.getBoundingClientRect();
    layers.showValue({ key: of, value: key, x: (box?.left ?? 300) + 24, y: (box?.bottom ?? 200) + 2 });
  }

  step(by: 1 | -1) {
    const keys = this.list.keys();
    const now = keys.findIndex((key) => key === this.current);
    const index = Math.min(keys.length - 1, Math.max(0, now + by));
    const key = keys[index];
    if (key === undefined) return;
    if (this.opened === undefined) {
      this.at = key;
      void this.focus();
    } else {
      this.open(key);
      this.table?.show(index);
    }
  }

  /** Follows the reader who comes to a row by Tab or a press. */
  readonly focused = (event: FocusEvent) => {
    const key = rowOf(event.target);
    if (key !== undefined && this.opened === undefined) this.at = key;
  };

  readonly keydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || layers.open !== 'none' || isField(event.target)) return;
    if (event.target instanceof Element && event.target.closest('[data-arrows]')) return;
    const key = rowOf(event.target);
    const action = this.actionOf(event, key);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  };

  private actionOf(event: KeyboardEvent, focused: string | undefined): (() => void) | undefined {
    const among = focused !== undefined || this.opened !== undefined;
    const inControl = focused === undefined && event.target instanceof Element && event.target.closest('a, button, summary') !== null;
    const row = focused ?? this.current;
    if (event.key === 'j' || (event.key === 'ArrowDown' && among)) return () => this.step(1);
    if (event.key === 'k' || (event.key === 'ArrowUp' && among)) return () => this.step(-1);
    if (event.key === 'o' && row !== undefined) return () => place.go(this.list.address(row));
    const of = this.list.of;
    if (event.key === '.' && of !== undefined && row !== undefined && !inControl) return () => this.menu(of, row);
    if (event.key === 'Enter' && row !== undefined && !inControl && !event.shiftKey) return () => this.open(row);
    return event.key === 'Escape' && this.opened !== undefined ? () => this.close() : undefined;
  }
}

const rowOf = (target: EventTarget | null) => (target instanceof HTMLElement ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined);
