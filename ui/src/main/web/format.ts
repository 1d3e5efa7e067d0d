/** Values as text, by section "Type and numbers" of the design: three significant figures, each value with its own unit. */

export interface Measure {
  readonly value: string;
  readonly unit: string;
}

const measure = (value: string, unit: string): Measure => ({ value, unit });

/** Three significant figures, without digits after the point from 100 on. */
function figures(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 99.95) return String(Math.round(value));
  if (size >= 9.995) return trimmed(value.toFixed(1));
  if (size >= 0.9995) return trimmed(value.toFixed(2));
  return trimmed(value.toPrecision(3));
}

const trimmed = (text: string) => (text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text);

/** A duration in milliseconds: `640 µs`, `38 ms`, `4.21 s`, `3.07 min`, `2 h 14 min`. */
export function duration(millis: number): Measure {
  const size = Math.abs(millis);
  if (size === 0) return measure('0', 'ms');
  if (size < 0.0009995) return measure(figures(millis * 1e6), 'ns');
  if (size < 0.9995) return measure(figures(millis * 1000), 'µs');
  if (size < 999.5) return measure(figures(millis), 'ms');
  if (size < 59_950) return measure(figures(millis / 1000), 's');
  if (size < 3_597_000) return measure(figures(millis / 60_000), 'min');
  const minutes = Math.round(millis / 60_000);
  if (minutes < 2880) return measure(`${Math.floor(minutes / 60)} h ${minutes % 60}`, 'min');
  return measure(figures(minutes / 1440), 'd');
}

/** Thousands apart; made once, since rows of lists are formatted while they scroll. */
const grouping = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const grouped = (value: number) => grouping.format(value);

/** `1,204` exact up to 99,999, then `412 k`, `4.1 M`. */
export function count(value: number): string {
  if (value < 100_000) return grouped(value);
  const units = ['k', 'M', 'G', 'T'];
  let scaled = value / 1000;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${scaled >= 99.5 ? Math.round(scaled) : trimmed(scaled.toFixed(1))} ${units[unit]}`;
}

/** A count for a narrow place: `18.2 k` from ten thousand on. */
export function shortCount(value: number): string {
  if (value < 10_000) return grouped(value);
  return value < 99_950 ? `${trimmed((value / 1000).toFixed(1))} k` : count(Math.max(value, 100_000));
}

/** Per second, the unit apart. */
export function perSecond(value: number): Measure {
  const [, number = '0', unit = '/s'] = /^([\d.,]+)(.*)$/.exec(rate(value)) ?? [];
  return measure(number, unit.trim());
}

/** Per second: `412/s`, `9.1 k/s`; below 0.1 per minute or hour. */
export function rate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.1 / 60) return `${figures(perSecond * 3600)}/h`;
  if (perSecond < 0.1) return `${figures(perSecond * 60)}/min`;
  if (perSecond < 1000) return `${figures(perSecond)}/s`;
  return perSecond < 99_950 ? `${trimmed((perSecond / 1000).toFixed(1))} k/s` : `${count(perSecond)}/s`;
}

const RATES: readonly (readonly [least: number, size: number, unit: string])[] = [[999_500, 1e6, 'M/s'], [1000, 1000, 'k/s'], [0.1, 1, '/s'], [0.1 / 60, 1 / 60, '/min'], [0, 1 / 3600, '/h']];

/** Rates all in the unit that the largest of them has, as an axis needs them. */
export function rateUpTo(most: number): (perSecond: number) => string {
  const [, size, unit] = RATES.find(([least]) => most >= least) ?? RATES[2]!;
  return (perSecond) => (unit.length > 2 && unit.endsWith('/s') ? `${figures(perSecond / size)} ${unit}` : `${figures(perSecond / size)}${unit}`);
}

const DURATIONS: readonly (readonly [least: number, size: number, unit: string])[] = [
  [172_800_000, 86_400_000, 'd'], [7_200_000, 3_600_000, 'h'], [119_999, 60_000, 'min'], [999.5, 1000, 's'], [0.9995, 1, 'ms'], [0.0009995, 0.001, 'µs'], [0, 1e-6, 'ns'],
];

/** Durations in milliseconds, all in the unit that the largest of them has. */
export function durationUpTo(most: number): (millis: number) => string {
  const [, size, unit] = DURATIONS.find(([least]) => most >= least) ?? DURATIONS[4]!;
  return (millis) => (millis === 0 ? '0' : `${figures(millis / size)} ${unit}`);
}

/** A share, the unit apart. */
export const percent = (part: number): Measure => measure(share(part).replace(/ %$/, ''), '%');

/** `6.8 %`; below 0.1 two decimals; `0 %` only for zero. */
export function share(part: number): string {
  const percent = part * 100;
  if (percent === 0) return '0 %';
  if (Math.abs(percent) < 0.1) return `${percent.toFixed(2)} %`;
  return `${trimmed(percent.toFixed(percent < 10 ? 1 : 0))} %`;
}

/** A share as a tick of an axis, which is a round number: `0.25 %`. */
export const shareOnAxis = (part: number) => `${figures(part * 100)} %`;

/** How many times as much: `× 23`, `× 1.3`, `× 0.32`. */
export const factor = (times: number) => `× ${times >= 9.95 ? count(times) : trimmed(times >= 1 ? times.toFixed(1) : times.toPrecision(2))}`;

/** How long ago, in the one unit that says it: `31 min`, `4 h`, `2 d`. */
export function age(millis: number): string {
  if (millis < 60_000) return `${Math.max(0, Math.round(millis / 1000))} s`;
  if (millis < 90 * 60_000) return `${Math.round(millis / 60_000)} min`;
  return millis < 36 * 3_600_000 ? `${Math.round(millis / 3_600_000)} h` : `${Math.round(millis / 86_400_000)} d`;
}

/** A duration in nanoseconds, as the insight API has them. */
export const nanos = (value: number) => duration(value / 1e6);

/** Powers of 1,000: `214 MB`. */
export function bytes(value: number): Measure {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return measure(figures(scaled), units[unit] ?? 'B');
}

/** A plain number: three figures, with `k`, `M` above ten thousand. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(2);
  if (size >= 10_000) return (value < 0 ? '-' : '') + shortCount(size);
  if (size >= 1000) return trimmed(value.toFixed(0)).replace(/\B(?=(\d{3})+$)/g, ',');
  if (size > 0 && size < 0.001) return value.toExponential(2);
  return figures(value);
}

/** How values of a metric's unit are written; the unit as Prometheus names it (`seconds`, `bytes`, `ratio`). */
export function ofUnit(unit: string): (value: number) => string {
  switch (unit) {
    case 'seconds':
      return (value) => text(duration(value * 1000));
    case 'milliseconds':
      return (value) => text(duration(value));
    case 'bytes':
      return (value) => text(bytes(value));
    case 'ratio':
      return share;
    case 'rate':
      return rate;
    case 'bytes/s':
      return (value) => `${text(bytes(value))}/s`;
    default:
      return plain;
  }
}

/** The same for the ticks of an axis: all in the unit that fits the largest. */
export function ofUnitUpTo(unit: string, most: number): (value: number) => string {
  const durations = durationUpTo(unit === 'seconds' ? most * 1000 : most);
  switch (unit) {
    case 'seconds':
      return (value) => durations(value * 1000);
    case 'milliseconds':
      return durations;
    case 'rate':
      return rateUpTo(most);
    default:
      return ofUnit(unit);
  }
}

export const text = (one: Measure) => `${one.value} ${one.unit}`;

const two = (value: number) => String(value).padStart(2, '0');

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The parts of a time in the zone that the pages show. */
export function parts(millis: number) {
  const date = new Date(millis);
  return {
    year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate(),
    hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds(),
    weekday: WEEKDAYS[date.getDay()] ?? '',
  };
}

/** `14:28`. */
export function clock(millis: number): string {
  const at = parts(millis);
  return `${two(at.hour)}:${two(at.minute)}`;
}

/** `14:28:21`, and `14:28:21.884` with `digits` 3. */
export function clockSeconds(millis: number, digits = 0): string {
  const at = parts(millis);
  const fraction = digits === 0 ? '' : `.${String(Math.floor(millis) % 1000).padStart(3, '0')}`;
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}${fraction}`;
}

/** A time as a range of `spanMillis` needs it: the day is told where the range leaves it. */
export function moment(millis: number, spanMillis: number): string {
  const at = parts(millis);
  if (spanMillis <= 26 * 3_600_000) return clock(millis);
  if (spanMillis <= 8 * 86_400_000) return `${at.weekday} ${clock(millis)}`;
  return `${at.year}-${two(at.month)}-${two(at.day)}`;
}

/** The name of the zone of all times: `UTC`, `GMT+2`. */
export function zone(): string {
  const part = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(new Date()).find((one) => one.type === 'timeZoneName');
  return part?.value ?? 'UTC';
}
