import { idPrefix, organisationId } from './dataset.ts';
import type { idKinds } from './dataset.ts';

export interface Filling {
  customers: number;
  invoicesPerCustomer: number;
  /** Two lines an invoice, payments of what is paid, and entitlements; else invoices alone. */
  isComplete: boolean;
}

/** Where two databases say the same in different words. */
export interface Words {
  /** A table expression `n` with one column `i`, from 0. */
  numbers(count: number): { with: string; from: string };
  /** Milliseconds since 1970 as text. */
  moment(ms: string): string;
  hex(number: string): string;
}

export const sqliteWords: Words = {
  numbers: (count) => ({
    with: `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${count})`,
    from: 'n',
  }),
  moment: (ms) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`,
  hex: (number) => `printf('%012x', ${number})`,
};

export const postgresWords: Words = {
  numbers: (count) => ({ with: '', from: `generate_series(0::bigint, ${count - 1}) as n(i)` }),
  moment: (ms) => `to_char(to_timestamp((${ms}) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  hex: (number) => `lpad(to_hex(${number}), 12, '0')`,
};

const startMs = Date.parse('2006-01-01T00:00:00.000Z');
const dayMs = 86_400_000;
const longestMs = 20 * 365 * dayMs;
const entitlements = 20;

const q = (text: string): string => `'${text}'`;

/**
 * The statements that fill an empty, migrated database. Invoices go in as they do in life: by date, neighbours of
 * different customers. Of six invoices three are paid, one is owed, one is owed in part and one is void.
 */
export const fillStatements = (
  { numbers, moment, hex }: Words,
  { customers, invoicesPerCustomer, isComplete }: Filling,
): string[] => {
  const invoices = customers * invoicesPerCustomer;
  const periodMs = Math.min(30 * dayMs, Math.floor(longestMs / invoicesPerCustomer));
  const id = (kind: keyof typeof idKinds, number: string): string => `${q(idPrefix(kind))} || ${hex(number)}`;
  const organisation = q(organisationId);
  const customer = id('customer', `i % ${customers}`);
  const createdMs = `${startMs} + (i / ${customers}) * ${periodMs}`;
  const created = moment(createdMs);
  const total = '(1000 + (i * 7919) % 90000)';
  const tax = `(${total} / 6)`;
  const kind = `((i + i / ${customers}) % 6)`;
  const owed = `(case ${kind} when 3 then ${total} when 4 then ${total} / 2 else 0 end)`;
  const paid = `(case ${kind} when 3 then 0 when 5 then 0 else ${total} - ${owed} end)`;
  const insert = (table: string, count: number, values: Record<string, string>, where = ''): string => {
    const source = numbers(count);
    return `insert into ${table} (${Object.keys(values).join(', ')}) ${source.with}
      select ${Object.values(values).join(', ')} from ${source.from} ${where}`;
  };
  const statements = [
    insert('customer', customers, {
      organisation_id: organisation,
      id: id('customer', 'i'),
      external_id: `'customer-' || i`,
      customer_name: `'Customer ' || i`,
      email: `'customer-' || i || '@example.com'`,
      created_at: moment(`${startMs} + i`),
      updated_at: moment(`${startMs} + i`),
    }),
    insert('invoice', invoices, {
      organisation_id: organisation,
      customer_id: customer,
      created_at: created,
      id: id('invoice', 'i'),
      invoice_number: `'INV-' || i`,
      status: `case ${kind} when 3 then 'approved' when 4 then 'partially_paid' when 5 then 'void' else 'paid' end`,
      currency: q('EUR'),
      invoice_total: total,
      subtotal: `${total} - ${tax}`,
      discount_total: '0',
      tax_total: tax,
      paid_amount: paid,
      amount_due: owed,
      due_date: moment(`${createdMs} + ${Math.floor(periodMs / 2)}`),
      period_begin: created,
      period_end_exclusive: moment(`${createdMs} + ${periodMs}`),
      updated_at: created,
    }),
  ];
  if (!isComplete) {
    return statements;
  }
  return [
    ...statements,
    insert('invoice_line_item', 2 * invoices, {
      organisation_id: organisation,
      invoice_id: id('invoice', 'i / 2'),
      position: '1 + i % 2',
      id: id('line', 'i'),
      name: `case i % 2 when 0 then 'Team plan' else 'API calls' end`,
      quantity: '1 + i % 977',
      unit: `case i % 2 when 0 then 'seats' else 'calls' end`,
      unit_price: q('12.50'),
      subtotal: '1250 * (1 + i % 977)',
      tax_rate: q('20'),
      tax: '250 * (1 + i % 977)',
      total: '1500 * (1 + i % 977)',
    }),
    insert(
      'payment',
      invoices,
      {
        organisation_id: organisation,
        customer_id: customer,
        timestamp: moment(`${createdMs} + ${dayMs}`),
        id: id('payment', 'i'),
        type: q('payment'),
        status: q('success'),
        amount: paid,
        currency_code: q('EUR'),
        payment_method: q('card'),
        payment_method_details: q('{"brand":"visa","last4":"4242"}'),
        receipt_number: `'RCP-' || i`,
        created_at: moment(`${createdMs} + ${dayMs}`),
        updated_at: moment(`${createdMs} + ${dayMs}`),
      },
      `where ${paid} > 0`,
    ),
    insert(
      'payment_allocation',
      invoices,
      {
        organisation_id: organisation,
        payment_id: id('payment', 'i'),
        invoice_id: id('invoice', 'i'),
        amount: paid,
      },
      `where ${paid} > 0`,
    ),
    insert('entitlement', entitlements, {
      organisation_id: organisation,
      id: id('entitlement', 'i'),
      name: `'Feature ' || i`,
      entitlement_type: `case i % 3 when 0 then 'Feature' when 1 then 'Quantity' else 'Credits' end`,
      units: `case i % 3 when 0 then null else 'calls' end`,
      created_at: moment(`${startMs} + i`),
    }),
    insert('customer_entitlement', entitlements * customers, {
      organisation_id: organisation,
      id: id('grant', 'i'),
      customer_id: id('customer', `i / ${entitlements}`),
      entitlement_id: id('entitlement', `i % ${entitlements}`),
      quantity: '1000 + i % 977',
      quantity_used: 'i % 977',
      active_from: moment(`${startMs}`),
      source_type: q('customer'),
      created_at: moment(`${startMs} + i`),
    }),
  ];
};
