import { overview, type Overview, type Service } from '../../api/insight.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { matchesService } from '../../state/filter.ts';
import { place } from '../../state/place.svelte.ts';
import { type Order, ordered } from './words.ts';

/** The overview of the chosen range, with the services that the filter leaves in the order that the reader chose. */
export class OverviewState {
  readonly loader = new Loader<Overview>();
  readonly order: Order = $derived((['errors', 'rate', 'name'] as const).find((one) => one === place.param('sort')) ?? 'away');
  readonly services: readonly Service[] = $derived(
    ordered((this.loader.value?.services ?? []).filter((service) => matchesService(place.chips, service.name)), this.order),
  );
  /** Up to when there can be anything: the answer's last column may reach beyond now. */
  readonly until = $derived(Math.min(this.loader.value?.end ?? 0, place.range.to));
  readonly away = $derived(this.services.filter((service) => service.away > 0).length);

  constructor() {
    $effect(() => {
      const { from, to } = place.range;
      return this.loader.run((signal) => overview({ from, to }, signal));
    });
  }

  sort(order: Order) {
    place.change({ sort: order === 'away' ? undefined : order });
  }
}

export const ORDERS = [['away', 'Away from normal'], ['errors', 'Errors'], ['rate', 'Rate'], ['name', 'Name']] as const;
