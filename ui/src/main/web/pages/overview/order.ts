import type { Service } from '../../api/insight.ts';
import { inOrder, type Order, orderText, type Sortable } from '../../parts/order.ts';

/** The columns by which services can be ordered. */
export const SERVICE_COLUMNS = ['name', 'rate', 'errors', 'p95', 'logs', 'instances'] as const;

export type ServiceColumn = (typeof SERVICE_COLUMNS)[number];

const BY: Record<ServiceColumn, (service: Service) => Sortable> = {
  name: (service) => service.name,
  rate: (service) => service.rate,
  errors: (service) => service.errorShare,
  p95: (service) => service.p95Nanos,
  logs: (service) => service.errorLogs,
  instances: (service) => service.instances,
};

/** Services in the order that the reader chose; without one in that of the answer, the furthest from normal first. */
export const ordered = (services: readonly Service[], order: Order<ServiceColumn> | undefined): readonly Service[] =>
  order === undefined ? services : inOrder(services, order.falling, BY[order.key]);

/** The orders that have a name; the key is parameter `sort`, which `away` is the absence of. */
export const ORDERS = [['away', 'Away from normal'], ['-errors', 'Errors'], ['-rate', 'Rate'], ['name', 'Name']] as const;

/** Which of them it is, if any. */
export const orderName = (order: Order<ServiceColumn> | undefined) => {
  const text = order === undefined ? 'away' : orderText(order);
  return ORDERS.find(([key]) => key === text)?.[0];
};
