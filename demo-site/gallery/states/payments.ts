import { longPayments } from '../../../widget/src/testing/stress-fixtures.ts';
import { emptyApi, failing, never, paying } from '../records.ts';
import type { ElementState } from '../state.ts';

const list = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Payments',
  tag: 'zenskar-payments',
  ...part,
});

export const paymentStates: readonly ElementState[] = [
  list('payments', 'List, with refunds'),
  list('payments-loading', 'Loading', { api: { listPayments: never }, isPending: true }),
  list('payments-empty', 'Empty', { api: emptyApi }),
  list('payments-no-match', 'No match', {
    act: async (hands) => {
      await hands.type('R-9', 'zk-filter-bar', 'input[type=search]');
      await hands.find('.state');
    },
  }),
  list('payments-error', 'Failed', { api: { listPayments: failing() } }),
  list('payments-long-names', 'Long names and amounts', { api: paying(longPayments) }),
  list('payments-type-filter', 'Type filter open', {
    act: async (hands) => {
      await hands.press('zk-filter-bar', '[popovertarget=type]');
      await hands.find('zk-filter-popover:popover-open', 'input');
    },
  }),
];
