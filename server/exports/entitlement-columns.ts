import type { PortalEntitlement } from '#contract/entitlements.ts';
import { billingDayOf } from '../customers/billing-day.ts';
import { codeWords } from '../payments/payment-words.ts';
import { number, text } from './csv.ts';
import type { Column } from './csv.ts';

const plain = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 6 });

const decimal = (quantity: number | null): string | null => (quantity === null ? null : plain.format(quantity));

const allowance = ({ type, quantity }: PortalEntitlement): string => {
  if (type === 'Feature') {
    return quantity === 0 ? 'Not included' : 'Included';
  }
  return quantity === null ? 'Unlimited' : 'Limited';
};

export const entitlementColumns = (timeZone: string): Column<PortalEntitlement>[] => {
  const day = (moment: string | null): string | null => (moment === null ? null : billingDayOf(moment, timeZone));
  const counted = (quantity: (row: PortalEntitlement) => number | null) => (row: PortalEntitlement) =>
    row.type === 'Feature' ? null : decimal(quantity(row));
  return [
    text('Entitlement', ({ entitlement }) => entitlement.name),
    text('Description', ({ entitlement }) => entitlement.description),
    text('Type', (row) => row.type),
    text('Status', (row) => codeWords(row.status)),
    text('Allowance', allowance),
    text('Unit', (row) => row.units),
    number(
      'Quantity',
      counted((row) => row.quantity),
    ),
    number(
      'Used',
      counted((row) => row.quantity_used),
    ),
    number(
      'Remaining',
      counted((row) => row.quantity_remaining),
    ),
    text('Active from', (row) => day(row.active_from)),
    text('Expires on', (row) => day(row.expiry_at)),
    text('Renews on', (row) => day(row.renews_at)),
    text('Contract', ({ contract }) => contract?.name ?? null),
    text('Product', ({ product }) => product?.name ?? null),
    text('Invoice', ({ invoice }) => invoice?.invoice_number ?? null),
    text('ID', (row) => row.id),
  ];
};
