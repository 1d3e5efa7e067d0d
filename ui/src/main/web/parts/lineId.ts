import type { Line } from '../api/loki.ts';

/** So much of a text tells lines of one moment apart, and is read soon where a line has megabytes. */
const READ = 2000;

/** A line as an address names it: its time in nanoseconds, its span, and a number of its text, since lines of one moment may have no span. */
export const idOf = (line: Line) => `${line.nanos},${line.spanId},${textNumber(line.text)}`;

/** Whether an address names this line; one without a number of the text names what comes first. */
export function isNamed(line: Line, id: string): boolean {
  const [nanos, span, number] = id.split(',');
  return String(line.nanos) === nanos && (!span || span === line.spanId) && (!number || number === textNumber(line.text));
}

/** FNV-1a of 32 bits over the beginning of a text, and its length. */
function textNumber(text: string): string {
  let hash = 0x811c9dc5 ^ text.length;
  for (let i = 0; i < Math.min(text.length, READ); i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
