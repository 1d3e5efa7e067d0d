import type { ExceptionGroup } from '../../api/insight.ts';
import { type Chip, chipKey, escapeRegex } from '../../state/filter.ts';

/** Type and message in one text, which no other group of an answer has. */
export const titleOf = ({ type, message, others }: ExceptionGroup) => `${type || 'no type'}: ${others ? 'other messages' : message}`;

/** What leaves the spans with such exceptions. What follows the first line of a message may differ. */
export function chipsOf({ type, message, others }: ExceptionGroup): Chip[] {
  const ofType: Chip = { key: chipKey('event', 'exception.type'), operator: '=', value: type };
  const ofMessage: Chip = { key: chipKey('event', 'exception.message'), operator: '=~', value: `(?s)${escapeRegex(message)}.*` };
  return [...(type === '' ? [] : [ofType]), ...(others || message === '' ? [] : [ofMessage])];
}
