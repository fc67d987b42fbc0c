import type { PortalSession } from '#contract/sessions.ts';
import { entitlements } from '../../../widget/src/testing/entitlement-fixtures.ts';
import { manyCurrencies, currencySummary, summary } from '../../../widget/src/testing/summary-fixtures.ts';
import {
  arabicInvoices,
  arabicName,
  longInvoices,
  longName,
  longPayments,
  yenInvoices,
} from '../../../widget/src/testing/stress-fixtures.ts';
import { customerId, portalSession } from '../../../widget/src/testing/wire.ts';
import { emptyApi, entitling, failing, listing, never, paying } from '../records.ts';
import type { ElementState } from '../state.ts';

const named = (name: string, merchant = 'Northwind Cloud'): Partial<PortalSession> => ({
  customer: { id: customerId, name },
  organisation: { ...portalSession().organisation, name: merchant },
});

const portal = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Portal',
  tag: 'zenskar-portal',
  ...part,
});

export const portalStates: readonly ElementState[] = [
  portal('portal', 'Ready'),
  portal('portal-loading', 'Opening', { open: never, isPending: true }),
  portal('portal-empty', 'New customer', { api: emptyApi }),
  portal('portal-payments', 'Payments chosen', { attributes: { section: 'payments' } }),
  portal('portal-entitlements', 'Entitlements chosen', { attributes: { section: 'entitlements' } }),
  portal('portal-profile', 'Profile chosen', { attributes: { section: 'profile' } }),
  portal('portal-many-currencies', 'Many currencies', {
    api: { getSummary: () => Promise.resolve(manyCurrencies) },
  }),
  portal('portal-zero-decimal', 'Currency without decimals', {
    api: {
      getSummary: () => Promise.resolve(summary(currencySummary({ currency: 'JPY' }))),
      ...listing(yenInvoices),
    },
  }),
  portal('portal-long-names', 'Long names and amounts', {
    session: named(longName, longName),
    api: { ...listing(longInvoices), ...paying(longPayments), ...entitling(entitlements) },
  }),
  portal('portal-rtl-names', 'Right-to-left names', {
    session: named(arabicName),
    api: listing(arabicInvoices),
  }),
  portal('portal-long-words', 'Words four times as long', { hasLongTexts: true, attributes: { locale: 'de' } }),
  portal('portal-read-only', 'Read-only', { session: { read_only: true } }),
  portal('portal-staff-view', 'Staff view', {
    session: { read_only: true, staff_view: { name: 'Ada Lovelace' } },
    attributes: { section: 'profile' },
  }),
  portal('portal-offline', 'Offline', { isOffline: true }),
  portal('portal-section-off', 'Section switched off', {
    session: { sections: ['invoices', 'payments'] },
    attributes: { section: 'entitlements' },
  }),
  portal('portal-one-section', 'One section', { attributes: { sections: 'invoices' } }),
  portal('portal-no-header', 'Without its header', { attributes: { 'hide-header': '' } }),
  portal('portal-account-menu', 'Account menu', { act: (hands) => hands.press('.account') }),
  portal('portal-summary-error', 'Summary failed', { api: { getSummary: failing() } }),
];
