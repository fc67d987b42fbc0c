import type { PortalPaymentsQuery } from '#contract/payments.ts';
import { listParameters, listState } from '../ui/list-view/list-state.ts';
import type { ListState } from '../ui/list-view/list-state.ts';

export const initialPaymentsState = listState({ key: 'timestamp', isDescending: true });

export function paymentsQuery(state: ListState): Partial<PortalPaymentsQuery> {
  const { search, chosen, from, to } = state.filter;
  return {
    ...listParameters(state),
    ...(search && { search }),
    ...(chosen['type']?.length && { type__in: chosen['type'] }),
    ...(chosen['status']?.length && { status__in: chosen['status'] }),
    ...(from && { timestamp__gte: from }),
    ...(to && { timestamp__lte: to }),
  } as Partial<PortalPaymentsQuery>;
}
