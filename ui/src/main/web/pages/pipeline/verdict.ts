import type { PipelineNode } from '../../api/pipeline.ts';
import { age, count, duration, share, text } from '../../format.ts';
import { answerWords, fill, type Loss, retriesOf } from './flow.ts';

/** What is to be said of a component: a sentence, what follows of it, and whether it is where to look. */
export interface Verdict {
  readonly first: string;
  readonly then: string;
  readonly tone: 'look' | 'warn' | 'error' | 'calm';
}

/**
 * @param losses since the start
 * @param fullInSeconds until its queue is full, if it grows
 */
export function verdictOf(node: PipelineNode, losses: readonly Loss[], fullInSeconds: number | undefined, now: number): Verdict {
  const lost = losses.reduce((sum, loss) => sum + loss.items, 0);
  const after = retryWords(node, now);
  const filling = fill(node) > 0.5;
  const losing = lost === 0 ? 'Nothing is lost yet.' : `${count(lost)} ${lost === 1 ? 'item was' : 'items were'} lost since the start.`;
  if (fill(node) >= 1) return { first: 'Its queue is full.', then: `${after} What comes now is dropped for this exporter, or refused where nothing else keeps it.`.trim(), tone: 'look' };
  if (filling) {
    const first = fullInSeconds === undefined ? `Its queue is ${share(fill(node))} full.` : `Queue full in ${text(duration(fullInSeconds * 1000))}.`;
    return { first, then: `${after} ${losing}`.trim(), tone: 'look' };
  }
  if ((node.sending?.retrying ?? 0) > 0) return { first: `${count(node.sending?.retrying ?? 0)} ${node.sending?.retrying === 1 ? 'batch waits' : 'batches wait'} for the next try.`, then: `${after} ${losing}`.trim(), tone: 'warn' };
  if (lost > 0) {
    const rule = node.kind === 'processor';
    const verb = rule ? 'dropped' : node.kind === 'receiver' ? 'refused' : 'lost';
    return { first: `${count(lost)} ${lost === 1 ? 'item' : 'items'} ${verb} since the start.`, then: rule || node.kind !== 'receiver' ? '' : 'Their senders were told.', tone: rule ? 'calm' : 'error' };
  }
  const again = retriesOf(node).reduce((sum, one) => sum + one.sends, 0);
  if (again > 0) return { first: 'Nothing lost since the start.', then: `${count(again)} ${again === 1 ? 'send was' : 'sends were'} repeated, all taken in the end or still waiting.`, tone: 'calm' };
  return { first: 'Nothing lost since the start.', then: '', tone: 'calm' };
}

/** What the backend answers, and when it is asked again. */
function retryWords(node: PipelineNode, now: number): string {
  const sending = node.sending;
  if (!sending || sending.retrying === 0) return '';
  const most = retriesOf(node)[0];
  const next = sending.nextTry === null ? '' : sending.nextTry - now < 1000 ? ', tried again at once' : `, next try in ${age(sending.nextTry - now)}`;
  const backend = node.detail || 'The backend';
  // A status is an answer; words stand for the lack of one.
  return `${backend}${!most || /^(\d+|[A-Z_]+)$/.test(most.answer) ? ` answers ${most ? answerWords(most.answer) : 'errors'}` : `: ${most.answer}`}${next}.`;
}
