import { invoiceDetail } from '../../../widget/src/testing/invoice-fixtures.ts';
import {
  arabicInvoices,
  longInvoice,
  longInvoices,
  manyInvoices,
  yenInvoice,
} from '../../../widget/src/testing/stress-fixtures.ts';
import { failing, listing, never, emptyApi } from '../records.ts';
import type { Hands } from '../hands.ts';
import type { ElementState } from '../state.ts';

const list = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Invoices',
  tag: 'zenskar-invoices',
  ...part,
});

const openFirst = (hands: Hands): Promise<void> => hands.press('tbody .name button');

const detail = (name: string, title: string, getInvoice: () => Promise<unknown>): ElementState => ({
  ...list(name, title),
  group: 'Invoice details',
  api: { getInvoice: getInvoice as never },
  isPending: getInvoice === never,
  act: openFirst,
});

export const invoiceStates: readonly ElementState[] = [
  list('invoices', 'List'),
  list('invoices-loading', 'Loading', { api: { listInvoices: never }, isPending: true }),
  list('invoices-empty', 'Empty', { api: emptyApi }),
  list('invoices-no-match', 'No match', {
    act: async (hands) => {
      await hands.type('INV-9', 'zk-filter-bar', 'input[type=search]');
      await hands.find('.state');
    },
  }),
  list('invoices-error', 'Failed', { api: { listInvoices: failing() } }),
  list('invoices-network-error', 'No answer', { api: { listInvoices: failing('network_error') } }),
  list('invoices-offline', 'Offline', { api: { listInvoices: failing('offline') } }),
  list('invoices-many', 'Many pages', { api: listing(manyInvoices) }),
  list('invoices-long-names', 'Long numbers and amounts', { api: listing(longInvoices) }),
  list('invoices-rtl-names', 'Right-to-left numbers', { api: listing(arabicInvoices) }),
  list('invoices-status-filter', 'Status filter open', { act: openFilter('status') }),
  list('invoices-days-filter', 'Due date filter open', { act: openFilter('days') }),
  list('invoices-filtered', 'Filtered', {
    act: async (hands) => {
      await openFilter('status')(hands);
      await hands.press('zk-filter-popover:popover-open', 'input[value=overdue]');
      await hands.press('zk-filter-popover:popover-open', 'input[value=approved]');
      await hands.press('[popovertarget=status]');
      await hands.find('.clear');
    },
  }),
  detail('invoice', 'Overdue, partly paid, credited', () => Promise.resolve(invoiceDetail())),
  detail('invoice-loading', 'Loading', never),
  detail('invoice-error', 'Failed', failing()),
  detail('invoice-not-found', 'Not found', failing('invoice_not_found')),
  detail('invoice-paid', 'Paid', () =>
    Promise.resolve(
      invoiceDetail({
        status: 'paid',
        amount_due: 0,
        is_overdue: false,
        days_overdue: null,
        paid_at: '2026-11-12T14:03:00.000Z',
        paid_amount: 119_900,
        payments: invoiceDetail().payments.slice(0, 1),
        notes: null,
      }),
    ),
  ),
  detail('invoice-zero-decimal', 'Currency without decimals', () => Promise.resolve(yenInvoice)),
  detail('invoice-long', 'Long names, many line items', () => Promise.resolve(longInvoice)),
];

function openFilter(id: string) {
  return async (hands: Hands): Promise<void> => {
    await hands.press('zk-filter-bar', `[popovertarget=${id}]`);
    await hands.find(`zk-filter-popover:popover-open`, 'input');
  };
}
