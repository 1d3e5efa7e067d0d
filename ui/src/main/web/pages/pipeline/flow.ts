import type { Causes, PipelineAnswer, PipelineEdge, PipelineNode } from '../../api/pipeline.ts';

/** What flows through the graph, by its counters at several moments. */

export const total = (causes: Causes | undefined) => Object.values(causes ?? {}).reduce((sum, value) => sum + value, 0);

export const flowKey = (edge: PipelineEdge) => `${edge.from}>${edge.to}>${edge.signal}`;

/** A counter's growth a second between two answers; zero where it began anew. */
const grown = (before: number, after: number, millis: number) => (millis <= 0 ? 0 : Math.max(0, ((after - before) * 1000) / millis));

/** Items a second on an edge, between two answers. */
export function edgeRate(before: PipelineAnswer | undefined, after: PipelineAnswer, edge: PipelineEdge): number {
  const old = before?.edges.find((one) => flowKey(one) === flowKey(edge));
  return before && old ? grown(old.offered, edge.offered, after.time - before.time) : 0;
}

/** Items a second that a node takes: what a receiver accepts, what comes to the others. */
export function nodeRate(before: PipelineAnswer | undefined, after: PipelineAnswer, node: PipelineNode): number {
  const coming = after.edges.filter((edge) => edge.to === node.id);
  if (coming.length > 0) return coming.reduce((sum, edge) => sum + edgeRate(before, after, edge), 0);
  const old = before?.nodes.find((one) => one.id === node.id);
  if (!before || !old) return 0;
  if (node.accepted !== undefined) return grown(old.accepted ?? 0, node.accepted, after.time - before.time);
  // What counts nothing itself is known by what it hands on, which several pipelines may be given.
  const bySignal = new Map<string, number>();
  for (const edge of after.edges) if (edge.from === node.id) bySignal.set(edge.signal, Math.max(bySignal.get(edge.signal) ?? 0, edgeRate(before, after, edge)));
  return [...bySignal.values()].reduce((sum, rate) => sum + rate, 0);
}

export interface Loss {
  readonly cause: string;
  readonly items: number;
  /** Refused where it came in, and so known to its sender; or dropped on its way. */
  readonly kind: 'refused' | 'dropped';
}

/** What is lost at a node since the start, the most first: refused by it, or dropped on the way to it. */
export function lossesOf(answer: PipelineAnswer, node: PipelineNode): Loss[] {
  const sums = new Map<string, Loss>();
  const add = (causes: Causes | undefined, kind: Loss['kind']) => {
    for (const [cause, items] of Object.entries(causes ?? {})) {
      const key = `${kind} ${cause}`;
      if (items > 0) sums.set(key, { cause, kind, items: items + (sums.get(key)?.items ?? 0) });
    }
  };
  add(node.refused, 'refused');
  for (const edge of answer.edges) if (edge.to === node.id) add(edge.dropped, 'dropped');
  return [...sums.values()].sort((one, other) => other.items - one.items);
}

/** What an HTTP status says, where a backend answered by one. */
const STATUSES: Record<string, string> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 413: 'Content Too Large', 429: 'Too Many Requests',
  500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

/** Addresses as short as they tell: without scheme, and where it listens on this machine the port alone. */
export function detailWords(node: PipelineNode): string {
  const bare = node.detail.replace(/https?:\/\//g, '');
  return (node.kind === 'receiver' ? bare.replace(/(?:localhost|127\.0\.0\.1|\[::1\]):(?=\d)/g, '') : bare) || node.kind;
}

export const answerWords = (answer: string) => (STATUSES[answer] ? `${answer} ${STATUSES[answer]}` : answer);

/** What an exporter had to send again since the start, the most first. */
export const retriesOf = (node: PipelineNode) =>
  Object.entries(node.sending?.retries ?? {}).map(([answer, sends]) => ({ answer, sends })).sort((one, other) => other.sends - one.sends);

export interface Fault {
  readonly node: PipelineNode;
  readonly cause: string;
  readonly amount: number;
  readonly unit: 'items' | 'sends';
  readonly outcome: 'refused' | 'lost' | 'dropped by a processor' | 'sent again';
}

/** Everything that was lost or had to be sent again, where it happened: losses first, the most first. */
export function faultsOf(answer: PipelineAnswer): Fault[] {
  return answer.nodes
    .flatMap((node): Fault[] => [
      ...lossesOf(answer, node).map(({ cause, items, kind }): Fault => ({ node, cause, amount: items, unit: 'items', outcome: kind === 'dropped' && node.kind === 'processor' ? 'dropped by a processor' : node.kind === 'receiver' ? 'refused' : 'lost' })),
      ...retriesOf(node).map((one): Fault => ({ node, cause: answerWords(one.answer), amount: one.sends, unit: 'sends', outcome: 'sent again' })),
    ])
    .sort((one, other) => Number(one.unit === 'sends') - Number(other.unit === 'sends') || other.amount - one.amount);
}

/** Where the books do not add up, as a sentence; undefined where they do. */
export function missingWords(answer: PipelineAnswer): string | undefined {
  const one = answer.missing[0];
  if (!one) return undefined;
  const name = (id: string | null) => answer.nodes.find((node) => node.id === id)?.name ?? id;
  const where = one.to === null ? `at receiver ${name(one.from)}` : `between ${name(one.from)} and ${name(one.to)}`;
  const more = answer.missing.length > 1 ? `, and at ${answer.missing.length - 1} more` : '';
  return `The counters do not add up ${where}: ${Math.abs(one.items)} items ${one.items > 0 ? 'are missing' : 'too many'}${more}`;
}

/** Items a second at a node between each answer and the one before; nothing for the first. */
export const course = (answers: readonly PipelineAnswer[], id: string, of: (before: PipelineAnswer, after: PipelineAnswer, node: PipelineNode) => number = nodeRate): (number | null)[] =>
  answers.map((after, index) => {
    const before = answers[index - 1];
    const node = after.nodes.find((one) => one.id === id);
    return before && node ? of(before, after, node) : null;
  });

/** Items a second that are lost at a node: refused by it, or dropped on the way to it. */
export function lossRate(before: PipelineAnswer, after: PipelineAnswer, node: PipelineNode): number {
  const lost = (answer: PipelineAnswer, one: PipelineNode) => lossesOf(answer, one).reduce((sum, loss) => sum + loss.items, 0);
  const old = before.nodes.find((one) => one.id === node.id);
  return old ? grown(lost(before, old), lost(after, node), after.time - before.time) : 0;
}

export const fill = (node: PipelineNode) => (node.queue && node.queue.capacity > 0 ? node.queue.size / node.queue.capacity : 0);

/** Seconds until a queue is full if it goes on growing as it did; undefined where it does not grow. */
export function fullIn(answers: readonly PipelineAnswer[], id: string): number | undefined {
  const first = answers[0];
  const last = answers.at(-1);
  const size = (answer: PipelineAnswer | undefined) => answer?.nodes.find((node) => node.id === id)?.queue;
  const [from, to] = [size(first), size(last)];
  if (!first || !last || !from || !to || to.size <= from.size || last.time <= first.time) return undefined;
  return ((to.capacity - to.size) * (last.time - first.time)) / 1000 / (to.size - from.size);
}

/** The node that the reader should look at, if any: the one whose queue is the fullest, and more than half full. */
export const fullest = (answer: PipelineAnswer) => answer.nodes.reduce<PipelineNode | undefined>((top, node) => (fill(node) > Math.max(0.5, top ? fill(top) : 0) ? node : top), undefined);

export interface Sums {
  /** Items a second. */
  readonly into: number;
  readonly out: number;
  /** Items since the start. */
  readonly lost: number;
  /** Items now. */
  readonly waiting: number;
}

/** Everything that comes in, goes out, is lost and waits. */
export function sumsOf(before: PipelineAnswer | undefined, after: PipelineAnswer): Sums {
  let into = 0;
  let out = 0;
  let lost = 0;
  let waiting = 0;
  for (const node of after.nodes) {
    if (node.kind === 'receiver') into += nodeRate(before, after, node);
    if (node.kind === 'exporter') out += nodeRate(before, after, node);
    lost += total(node.refused);
  }
  for (const edge of after.edges) {
    lost += total(edge.dropped);
    waiting += edge.waiting;
  }
  return { into, out, lost, waiting };
}

export interface Place {
  readonly node: PipelineNode;
  readonly x: number;
  readonly y: number;
}

export interface Lane {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly places: ReadonlyMap<string, Place>;
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 150, height: 64 };
const LOSS = 34;
const MARGIN = 20;
const GAP = 48;
/** What a lane is higher than a box and what stands below it. */
const LANE = 34;

/** Receivers at the left, a lane for each pipeline with its processors in their order, exporters and connectors at the right. */
export function pictureOf(answer: PipelineAnswer, field: { width: number; height: number }): Picture {
  const lanes = [...new Set(answer.nodes.flatMap((node) => (node.kind === 'processor' && node.pipeline !== null ? [node.pipeline] : [])))];
  const inLane = new Map(lanes.map((lane) => [lane, chain(answer, answer.nodes.filter((node) => node.kind === 'processor' && node.pipeline === lane))]));
  const left = answer.nodes.filter((node) => node.kind === 'receiver');
  const right = answer.nodes.filter((node) => node.kind === 'exporter' || node.kind === 'connector');
  const longest = Math.max(0, ...[...inLane.values()].map((row) => row.length));
  const columns = longest + 2;
  const width = Math.max(field.width, 2 * MARGIN + columns * BOX.width + (columns - 1) * GAP);
  const rows = Math.max(left.length, right.length, lanes.length);
  const height = Math.max(field.height, 2 * MARGIN + rows * (BOX.height + LOSS + LANE));
  const step = (width - 2 * MARGIN - BOX.width) / (columns - 1);
  const places = new Map<string, Place>();
  const middle = (index: number, number: number) => MARGIN + ((index + 0.5) * (height - 2 * MARGIN)) / number - (BOX.height + LOSS / 2) / 2;
  const put = (node: PipelineNode, x: number, y: number) => places.set(node.id, { node, x, y });
  left.forEach((node, index) => put(node, MARGIN, middle(index, left.length)));
  right.forEach((node, index) => put(node, width - MARGIN - BOX.width, middle(index, right.length)));
  const boxes = lanes.map((lane, number): Lane => {
    const y = middle(number, lanes.length);
    inLane.get(lane)?.forEach((node, index) => put(node, MARGIN + (index + 1) * step, y));
    return { name: lane, x: MARGIN + step - 14, y: y - 26, width: (longest - 1) * step + BOX.width + 28, height: BOX.height + LOSS + LANE };
  });
  return { places, lanes: longest === 0 ? [] : boxes, width, height };
}

/** Processors in the order in which they are passed. */
function chain(answer: PipelineAnswer, nodes: readonly PipelineNode[]): PipelineNode[] {
  const ids = new Set(nodes.map((node) => node.id));
  const before = (id: string) => answer.edges.find((edge) => edge.to === id && ids.has(edge.from))?.from;
  const depth = (id: string) => {
    let steps = 0;
    for (let at = before(id); at !== undefined && steps <= nodes.length; at = before(at)) steps++;
    return steps;
  };
  return [...nodes].sort((one, other) => depth(one.id) - depth(other.id));
}
