import type { PortalEntitlement } from '#contract/entitlements.ts';
import type { InvoiceLineItem, PortalInvoice, PortalInvoiceDetail } from '#contract/invoices.ts';
import type { PortalPayment } from '#contract/payments.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { Profile } from '#contract/profile.ts';
import type { PortalSummary } from '#contract/summary.ts';
import { ApiError } from '../../../../widget/src/api/api-error.ts';
import type { PortalApi } from '../../../../widget/src/api/portal-api.ts';

const dayMs = 86_400_000;
const currency = 'USD';

const idOf = (kind: number, index: number): string =>
  `00000000-0000-4000-8000-${String(kind * 1000 + index).padStart(12, '0')}`;

export const exampleCustomer = { id: idOf(1, 1), name: 'Halcyon Freight' };

/** Some months of a customer of nobody's, counted back from now. */
class Calendar {
  private readonly today: Date;

  constructor(nowMs: number) {
    this.today = new Date(nowMs - (nowMs % dayMs));
  }

  day(offset: number): string {
    return new Date(this.today.getTime() + offset * dayMs).toISOString();
  }

  /** The first day of a month, that many months ago. */
  month(ago: number): string {
    return new Date(Date.UTC(this.today.getUTCFullYear(), this.today.getUTCMonth() - ago, 1)).toISOString();
  }
}

const invoicesOf = (calendar: Calendar): PortalInvoice[] => {
  const invoice = (
    index: number,
    part: Pick<PortalInvoice, 'status' | 'invoice_total' | 'amount_due'> & { dueInDays: number; isOverdue?: true },
  ): PortalInvoice => {
    const { dueInDays, isOverdue, ...rest } = part;
    return {
      id: idOf(2, index),
      invoice_number: `INV-${String(2184 - index * 37).padStart(5, '0')}`,
      currency,
      due_date: calendar.day(dueInDays),
      invoice_period: { begin_date: calendar.month(index + 1), end_date_exclusive: calendar.month(index) },
      created_at: calendar.day(dueInDays - 30),
      is_overdue: isOverdue ?? false,
      days_overdue: isOverdue ? -dueInDays : null,
      ...rest,
    };
  };
  return [
    invoice(0, { status: 'approved', invoice_total: 248_000, amount_due: 248_000, dueInDays: 21 }),
    invoice(1, { status: 'approved', invoice_total: 96_550, amount_due: 96_550, dueInDays: -9, isOverdue: true }),
    invoice(2, { status: 'partially_paid', invoice_total: 248_000, amount_due: 48_000, dueInDays: 4 }),
    invoice(3, { status: 'paid', invoice_total: 231_275, amount_due: 0, dueInDays: -68 }),
    invoice(4, { status: 'paid', invoice_total: 248_000, amount_due: 0, dueInDays: -99 }),
    invoice(5, { status: 'void', invoice_total: 18_000, amount_due: 0, dueInDays: -130 }),
  ];
};

const card = { brand: 'Visa', last4: '4242', bank_name: null };

const paymentsOf = (calendar: Calendar, invoices: readonly PortalInvoice[]): PortalPayment[] => {
  const payment = (
    index: number,
    amount: number,
    daysAgo: number,
    invoice: PortalInvoice | undefined,
    part: Partial<PortalPayment> = {},
  ): PortalPayment => ({
    id: idOf(3, index),
    type: 'payment',
    status: 'success',
    amount,
    amount_refunded: 0,
    currency_code: currency,
    payment_method: 'card',
    payment_method_details: card,
    timestamp: calendar.day(-daysAgo),
    receipt_number: `RCP-${String(911 - index * 14).padStart(5, '0')}`,
    failure_message: null,
    parent: null,
    invoices: invoice ? [{ invoice_id: invoice.id, invoice_number: invoice.invoice_number, amount }] : [],
    ...part,
  });
  return [
    payment(0, 200_000, 3, invoices[2], { payment_method: 'bank_transfer', payment_method_details: null }),
    payment(1, 231_275, 66, invoices[3], { status: 'partially_refunded', amount_refunded: 12_000 }),
    payment(2, 12_000, 60, invoices[3], { type: 'refund', parent: { id: idOf(3, 1), receipt_number: 'RCP-00897' } }),
    payment(3, 248_000, 97, invoices[4]),
  ];
};

const entitlementsOf = (calendar: Calendar): PortalEntitlement[] => {
  const entitlement = (
    index: number,
    name: string,
    part: Partial<PortalEntitlement> & Pick<PortalEntitlement, 'type'>,
  ): PortalEntitlement => ({
    id: idOf(4, index),
    entitlement: { id: idOf(5, index), name, description: null },
    status: 'active',
    units: null,
    quantity: 1,
    quantity_used: 0,
    quantity_remaining: 1,
    active_from: calendar.month(5),
    expiry_at: null,
    renews_at: null,
    contract: { id: idOf(6, 1), name: 'Annual plan' },
    product: null,
    invoice: null,
    ...part,
  });
  const renews_at = calendar.month(-1);
  return [
    entitlement(0, 'API calls', {
      ...{ type: 'Quantity', units: 'calls', renews_at },
      ...{ quantity: 500_000, quantity_used: 431_870, quantity_remaining: 68_130 },
    }),
    entitlement(1, 'Seats', {
      type: 'Quantity',
      units: 'seats',
      quantity: 40,
      quantity_used: 26,
      quantity_remaining: 14,
    }),
    entitlement(2, 'Single sign-on', { type: 'Feature' }),
    entitlement(3, 'Audit export', { type: 'Feature', quantity: 0, quantity_remaining: 0 }),
  ];
};

const address = {
  line1: '18 Quayside',
  line2: null,
  line3: null,
  city: 'Bristol',
  state: null,
  zipCode: 'BS1 4QA',
  country: 'United Kingdom',
  country_code: 'GB',
};

const profileAt = (calendar: Calendar): Profile => ({
  id: exampleCustomer.id,
  customer_name: exampleCustomer.name,
  email: 'accounts@halcyon-freight.example',
  phone_number: '+44 117 496 0712',
  address,
  ship_to_address: null,
  tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB 123 4567 89' }],
  updated_at: calendar.day(-40),
});

const detailOf = (
  invoice: PortalInvoice,
  merchant: string,
  payments: readonly PortalPayment[],
): PortalInvoiceDetail => {
  const platform = Math.round(invoice.invoice_total * 0.8);
  const line = (index: number, name: string, total: number): InvoiceLineItem => ({
    id: idOf(7, index),
    name,
    description: null,
    quantity: 1,
    unit: null,
    unit_price: (total / 100).toFixed(2),
    subtotal: total,
    discount: 0,
    tax_rate: null,
    tax: 0,
    total,
    period: invoice.invoice_period,
    is_proration: false,
  });
  return {
    ...invoice,
    subtotal: invoice.invoice_total,
    discount_total: 0,
    tax_total: 0,
    paid_amount: invoice.status === 'void' ? 0 : invoice.invoice_total - invoice.amount_due,
    credited_amount: 0,
    notes: null,
    paid_at: null,
    contract: { id: idOf(6, 1), name: 'Annual plan' },
    from: { name: merchant, email: null, address: null, tax_id: null },
    customer: {
      id: exampleCustomer.id,
      customer_name: exampleCustomer.name,
      email: 'accounts@halcyon-freight.example',
      address,
      ship_to_address: null,
    },
    line_items: [line(0, 'Platform', platform), line(1, 'Usage', invoice.invoice_total - platform)],
    payments: payments.filter(({ invoices }) => invoices.some(({ invoice_id: id }) => id === invoice.id)),
    credit_notes: [],
  };
};

const summaryOf = (invoices: readonly PortalInvoice[], payments: readonly PortalPayment[]): PortalSummary => {
  const open = invoices.filter(({ amount_due: due }) => due > 0);
  const overdue = open.filter(({ is_overdue: isOverdue }) => isOverdue);
  const sum = (rows: readonly PortalInvoice[]): number => rows.reduce((total, { amount_due }) => total + amount_due, 0);
  const next = open.filter(({ is_overdue: isOverdue }) => !isOverdue).at(-1);
  const [last] = payments;
  return {
    currencies: [
      {
        currency,
        amount_due: sum(open),
        open_count: open.length,
        overdue_amount: sum(overdue),
        overdue_count: overdue.length,
        next_due: next
          ? {
              invoice_id: next.id,
              invoice_number: next.invoice_number,
              due_date: next.due_date ?? next.created_at,
              amount_due: next.amount_due,
            }
          : null,
        last_payment: last ?? null,
      },
    ],
  };
};

interface ListQuery {
  search?: string | undefined;
  status__in?: readonly string[] | undefined;
  order?: string | undefined;
}

const inOrder = <Row extends object>(rows: readonly Row[], order = ''): Row[] => {
  const field = order.replace('-', '');
  const valueOf = (row: Row): string | number => {
    const value = (row as Record<string, unknown>)[field];
    return typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value ?? '');
  };
  const ascending = rows.toSorted((one, other) =>
    valueOf(one) < valueOf(other) ? -1 : Number(valueOf(one) > valueOf(other)),
  );
  return order.startsWith('-') ? ascending.toReversed() : ascending;
};

const listOf = <Row extends { status: string }>(
  rows: readonly Row[],
  { search = '', status__in: statuses, order }: ListQuery,
  textOf: (row: Row) => string,
): ListOf<Row> => {
  const found = rows.filter(
    (row) => (statuses?.includes(row.status) ?? true) && textOf(row).toLowerCase().includes(search.toLowerCase()),
  );
  return { results: inOrder(found, order), next: null, previous: null, total_count: found.length };
};

/** What a customer could have, without any server: for a look at the portal. Nothing can be changed or saved. */
export function examplePortal(merchant: string, nowMs: number): PortalApi {
  const calendar = new Calendar(nowMs);
  const invoices = invoicesOf(calendar);
  const payments = paymentsOf(calendar, invoices);
  const entitlements = entitlementsOf(calendar);
  const profile = { profile: profileAt(calendar), etag: '"1"' };
  const notHere = (): Promise<never> => Promise.reject(new ApiError('not_found', 'There is no such file in a preview'));
  return {
    getSummary: () => summaryOf(invoices, payments),
    listInvoices: (query) => listOf(invoices, query, ({ invoice_number: number }) => number),
    getInvoice: (id) => {
      const invoice = invoices.find((each) => each.id === id);
      return invoice ? Promise.resolve(detailOf(invoice, merchant, payments)) : notHere();
    },
    listPayments: (query) => Promise.resolve(listOf(payments, query, ({ receipt_number: number }) => number ?? '')),
    listEntitlements: (query) => Promise.resolve(listOf(entitlements, query, ({ entitlement }) => entitlement.name)),
    getFile: notHere,
    getProfile: () => Promise.resolve(profile),
    updateProfile: () => Promise.resolve(profile),
  };
}
