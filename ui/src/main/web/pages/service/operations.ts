import type { Operation } from '../../api/insight.ts';

/** Whether an operation is away from its normal in that it fails. */
export const failing = (operation: Operation) => operation.away > 0 && operation.errorShare >= (operation.was?.errorShare ?? 0) + 0.005;

/** Whether an operation is away from its normal in that it takes longer: what is away and does not only fail. */
export const slow = (operation: Operation) => operation.away > 0 && (!failing(operation) || (operation.p95Nanos ?? 0) > 1.25 * (operation.was?.p95Nanos ?? Infinity));
