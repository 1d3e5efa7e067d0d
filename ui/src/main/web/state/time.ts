/** Ranges of time as addresses write them: `now-1h`, `14:02..14:28`, `2026-11-21T14:02Z..now`. */

export interface Range {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Whether it ends in now, and so moves on. */
  readonly moving: boolean;
}

export const DEFAULT_RANGE = 'now-1h';

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** The milliseconds of `90m`, `1h`, `7d`; undefined where the text is not one. */
export function parseSpan(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|min|[smhdwy])$/.exec(text.trim());
  return found ? Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0) : undefined;
}

/** The shortest text of whole milliseconds: `90m`, `1h`. */
export function spanText(millis: number): string {
  for (const unit of ['w', 'd', 'h', 'm', 's']) {
    const size = UNITS[unit] ?? 1;
    if (millis >= size && millis % size === 0) return `${millis / size}${unit}`;
  }
  return `${Math.round(millis)}ms`;
}

/** A moment: `now`, `now-90m`, `14:02`, `yesterday 9am`, seconds or milliseconds since 1970, RFC 3339. */
export function parseMoment(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed === 'now') return now;
  const relative = /^now\s*([+-])\s*(.+)$/.exec(trimmed);
  if (relative) {
    const span = parseSpan(relative[2] ?? '');
    return span === undefined ? undefined : now + (relative[1] === '-' ? -span : span);
  }
  if (/^\d{9,10}(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (/^\d{12,13}$/.test(trimmed)) return Number(trimmed);
  const day = /^(?:(yesterday|today)\s*)?(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?\s*(am|pm)?$/.exec(trimmed);
  if (day && (day[3] !== undefined || day[5] !== undefined)) return ofDay(day, now);
  const date = Date.parse(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(trimmed) ? `${trimmed}:00` : trimmed);
  return /^\d{4}-/.test(trimmed) && Number.isFinite(date) ? date : undefined;
}

function ofDay(found: RegExpExecArray, now: number): number | undefined {
  const [, word, hours, minutes, seconds, half] = found;
  let hour = Number(hours);
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  if (hour > 23 || Number(minutes ?? 0) > 59) return undefined;
  const date = new Date(now);
  date.setHours(hour, Number(minutes ?? 0), Number(seconds ?? 0), 0);
  if (word === 'yesterday' || (word === undefined && date.getTime() > now)) date.setDate(date.getDate() - 1);
  return date.getTime();
}

/** The range of parameter `t`; undefined where it cannot be read or is empty. */
export function parseRange(text: string, now: number): Range | undefined {
  const [first = '', second] = text.split('..');
  const from = parseMoment(first, now);
  const to = second === undefined ? now : parseMoment(second, now);
  if (from === undefined || to === undefined || to <= from) return undefined;
  return { from, to, moving: second === undefined || second.trim().startsWith('now') };
}

/** A range that stays where it is. */
export const fixedText = (from: number, to: number) => `${new Date(Math.round(from)).toISOString()}..${new Date(Math.round(to)).toISOString()}`;

/** Words for the time button: `Last 1 h`; a fixed range tells its times instead. */
export function rangeWords(text: string): string | undefined {
  const found = /^now-(\d+)(ms|[smhdwy])$/.exec(text);
  if (!found) return undefined;
  const unit = { m: 'min', s: 's', h: 'h', d: 'd', w: 'w', y: 'y', ms: 'ms' }[found[2] ?? ''] ?? '';
  return `Last ${found[1]} ${unit}`;
}
