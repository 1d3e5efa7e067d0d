/** Levels of log records: letter, colour of the text, colour of the area. */

export interface Level {
  readonly name: string;
  readonly letter: string;
  readonly colour: string;
  readonly area: string;
}

export const LEVELS: readonly Level[] = [
  { name: 'fatal', letter: 'F', colour: 'var(--fatal)', area: 'var(--fatal)' },
  { name: 'error', letter: 'E', colour: 'var(--error)', area: 'var(--error-fill)' },
  { name: 'warn', letter: 'W', colour: 'var(--warn)', area: 'var(--warn-fill)' },
  { name: 'info', letter: 'I', colour: 'var(--info)', area: 'var(--info-fill)' },
  { name: 'debug', letter: 'D', colour: 'var(--debug)', area: 'var(--bar-2)' },
  { name: 'trace', letter: 'T', colour: 'var(--trace)', area: 'var(--bar-2)' },
];

const UNKNOWN: Level = { name: 'unknown', letter: '·', colour: 'var(--text-3)', area: 'var(--bar-2)' };

export function levelOf(name: string): Level {
  const lower = name.toLowerCase();
  const known = lower === 'critical' ? 'fatal' : lower === 'warning' ? 'warn' : lower;
  return LEVELS.find((level) => level.name === known) ?? UNKNOWN;
}

export const ALL_LEVELS: readonly Level[] = [...LEVELS, UNKNOWN];
