import type { PortalInvoicesQuery } from '#contract/invoices.ts';
import { listParameters, listState } from '../ui/list-view/list-state.ts';
import type { ListState } from '../ui/list-view/list-state.ts';

export const initialInvoicesState = listState({ key: 'created_at', isDescending: true });

/** "Overdue" is offered among the statuses, but is derived: the server has a parameter of its own for it. */
export const overdueOption = 'overdue';

export function invoicesQuery(state: ListState): Partial<PortalInvoicesQuery> {
  const { search, chosen, from, to } = state.filter;
  const statuses = (chosen['status'] ?? []).filter((status) => status !== overdueOption);
  return {
    ...listParameters(state),
    ...(search && { search }),
    ...(statuses.length > 0 && { status__in: statuses }),
    ...(chosen['status']?.includes(overdueOption) && { is_overdue: true }),
    ...(from && { due_date__gte: from }),
    ...(to && { due_date__lte: to }),
  } as Partial<PortalInvoicesQuery>;
}
