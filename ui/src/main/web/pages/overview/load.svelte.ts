import { overview, type Overview, type Service } from '../../api/insight.ts';
import { readOrder } from '../../parts/order.ts';
import { Rows } from '../../parts/rows.svelte.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { matchesService } from '../../state/filter.ts';
import { place } from '../../state/place.svelte.ts';
import { serviceAddress } from '../../state/ways.ts';
import { ordered, SERVICE_COLUMNS } from './order.ts';

/** The overview of the chosen range, with the services that the filter leaves in the order that the reader chose. */
export class OverviewState {
  readonly loader = new Loader<Overview>();
  /** Undefined for that of the answer, the furthest from normal first. */
  readonly order = $derived(readOrder(place.param('sort'), SERVICE_COLUMNS));
  readonly services: readonly Service[] = $derived(
    ordered((this.loader.value?.services ?? []).filter((service) => matchesService(place.chips, service.name)), this.order),
  );
  readonly rows = new Rows({ keys: () => this.services.map((service) => service.name), address: serviceAddress, of: 'service.name' });
  /** Up to when there can be anything: the answer's last column may reach beyond now. */
  readonly until = $derived(Math.min(this.loader.value?.end ?? 0, place.range.to));
  readonly away = $derived(this.services.filter((service) => service.away > 0).length);

  constructor() {
    $effect(() => {
      const { from, to } = place.range;
      return this.loader.run((signal) => overview({ from, to }, signal));
    });
  }
}
