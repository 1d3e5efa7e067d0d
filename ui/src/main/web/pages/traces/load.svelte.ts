import { untrack } from 'svelte';
import { type Apart as Side, compare, type Comparison, type HeatMap, heatMap, type Of } from '../../api/insight.ts';
import { type Found, type FoundTrace, search } from '../../api/tempo.ts';
import { readOrder, inOrder, type Order } from '../../parts/order.ts';
import { applies, type Chip, isQuery, parseChip, traceql } from '../../state/filter.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { place } from '../../state/place.svelte.ts';
import { parseMoment } from '../../state/time.ts';
import { type Box, readBox } from './box.ts';
import { BY, chosenSpans, listQuery, SLOWEST, TRACE_COLUMNS, type TraceColumn } from './list.ts';

/** So many traces are listed; where there are more the reader may ask for twice as many, up to the second. */
const LISTED = 500;
const MOST = 16_000;
/** So many are asked for first, so that there is something to read soon. */
const FIRST = 30;

/** What the page shows of the traces; the first is the absence of parameter `view`. */
export const VIEWS = [['compare', 'Compare'], ['list', 'List'], ['structure', 'Structure'], ['exceptions', 'Exceptions']] as const;

export type View = (typeof VIEWS)[number][0];

/** What the traces page asks for, by the address: how long the spans of the filter take, what sets some of them apart, and the newest traces. */
export class TracesState {
  readonly query = $derived(traceql(place.chips, place.words));
  readonly of: Of = $derived(place.param('of') === 'roots' ? 'roots' : 'spans');
  readonly view: View = $derived(VIEWS.find(([view]) => view === place.param('view'))?.[0] ?? 'compare');
  readonly lists = $derived(this.view === 'compare' || this.view === 'list');
  readonly boxParam = $derived(place.param('box'));
  readonly box: Box | undefined = $derived(readBox(this.boxParam));
  readonly group = $derived(place.param('group'));
  /** What is set apart from the rest of the filter, as a chip or as TraceQL. */
  readonly inside = $derived(place.param('inside'));
  readonly insideChip: Chip | undefined = $derived(this.inside === undefined || isQuery(this.inside) ? undefined : parseChip(this.inside));
  readonly insideQuery = $derived(this.insideChip ? traceql([this.insideChip], '') : this.inside);

  readonly heat = new Loader<HeatMap>();
  readonly apart = new Loader<Comparison>();
  readonly list = new Loader<Found>();

  readonly failed = $derived(this.heat.value?.errors.some((value) => value > 0));
  /** Without a box, and as long as the reader says nothing, errors are set apart where there are any, else the slowest. */
  readonly by = $derived((['errors', 'slow'] as const).find((one) => one === place.param('by')) ?? (this.failed === false ? 'slow' : 'errors'));

  /** Where failed spans of before this time are of the rest. */
  readonly since = $derived(this.by === 'errors' ? parseMoment(place.param('since') ?? '', Date.now()) : undefined);

  readonly order: Order<TraceColumn> = $derived(readOrder(place.param('sort'), TRACE_COLUMNS) ?? SLOWEST);
  readonly traces: readonly FoundTrace[] = $derived(inOrder(this.list.value?.traces ?? [], this.order.falling, BY[this.order.key]));
  /** Whether the filter asks for some spans of a trace, and not for the whole of it. */
  readonly narrow = $derived(this.box !== undefined || this.inside !== undefined || place.words !== '' || place.chips.some((chip) => applies(chip, 'traces')));

  private most = $state(LISTED);
  private listedFor = '';

  readonly more = $derived(this.list.value !== undefined && !this.list.value.complete && !this.list.loading && this.most < MOST);

  constructor() {
    $effect(() => {
      const [asked, counted] = [this.query, this.of];
      const { from, to } = place.range;
      return this.heat.run((signal) => heatMap(asked, counted, { from, to }, signal));
    });
    $effect(() => this.comparing());
    $effect(() => this.listing());
  }

  /** The spans of the filter, or those of the box or set apart, and when they started. */
  get chosen() {
    const drawn = readBox(this.boxParam);
    const { from, to } = place.range;
    return { query: chosenSpans(this.query, drawn, this.insideQuery), of: this.of, range: drawn ? { from: Math.max(from, drawn.from), to: Math.min(to, drawn.to) } : { from, to } };
  }

  twiceAsMany() {
    this.most *= 2;
  }

  private comparing(): (() => void) | undefined {
    if (this.view !== 'compare') return undefined;
    const [asked, counted, by, since] = [this.query, this.of, this.by, this.since];
    const { from, to } = place.range;
    const drawn = readBox(this.boxParam);
    const other = this.insideQuery;
    if (!drawn && other === undefined && this.failed === undefined && !this.heat.error) return undefined;
    const sides: Side = drawn
      ? { by: 'box', boxStart: drawn.from / 1000, boxEnd: drawn.to / 1000, leastNanos: Math.floor(drawn.least * 1e6), mostNanos: Math.ceil(drawn.most * 1e6) }
      : other === undefined ? { by, since: since === undefined ? undefined : since / 1000 } : { by: 'filter', inside: other };
    return this.apart.run((signal) => compare(asked, counted, sides, { from, to }, signal));
  }

  private listing(): (() => void) | undefined {
    if (!this.lists) return undefined;
    const asked = listQuery(this.query, this.of, readBox(this.boxParam), this.insideQuery, this.group);
    const { range } = this.chosen;
    const limit = this.most;
    if (asked !== this.listedFor) {
      untrack(() => this.list.clear());
      this.most = LISTED;
    }
    return this.list.run(async (signal) => {
      if (asked === this.listedFor) return search(asked, range, limit, signal);
      const first = await search(asked, range, FIRST, signal);
      this.listedFor = asked;
      if (first.complete) return first;
      this.list.value = first;
      return search(asked, range, LISTED, signal);
    });
  }
}
