import { sql } from 'kysely';
import type { InvoiceStatus } from '#contract/invoices.ts';
import { statusesInEffect } from '../credit-notes/credit-note-statuses.ts';
import type { Db } from '../database/transaction.ts';
import { issuedStatuses } from '../invoices/invoice-statuses.ts';
import { receivedStatuses, returningTypes, settlingTypes } from '../payments/received.ts';
import type { CustomerScope } from '../scope.ts';

/** The moments that count: from inclusive, to exclusive. */
export interface Span {
  from: string;
  before: string;
}

const listed = (values: readonly string[]) => sql`(${sql.join(values)})`;

const moved = listed(receivedStatuses);
const received = listed(settlingTypes);
const returned = listed(returningTypes);
const inEffect = listed(statusesInEffect);

/**
 * Every invoice that is or was owed. Of a credit note counts what lowered the amount due; the rest became credits, which
 * are no part of the account until they pay for something. `settled_otherwise` is what neither payment nor credit note
 * explains: the invoice was imported as void or paid, or its amount due as another one.
 */
const issued = ({ organisationId, customerId }: CustomerScope) => sql`
  select id, invoice_number, status, currency, coalesce(due_date, promise_due_date) as due_date,
    coalesce(approved_at, created_at) as issued_at,
    coalesce(net_invoice_total, invoice_total) as total,
    applied_balance,
    coalesce(net_invoice_total, invoice_total) - applied_balance - paid_amount
      - coalesce(
          (
            select sum(note.amount - note.credits_returned) from credit_note as note
            where note.organisation_id = invoice.organisation_id and note.invoice_id = invoice.id
              and note.status in ${inEffect}
          ),
          0
        )
      - case when status = 'void' then 0 else amount_due end as settled_otherwise
  from invoice
  where organisation_id = ${organisationId} and customer_id = ${customerId}
    and status in ${listed(issuedStatuses)}`;

const notes = ({ organisationId }: CustomerScope) => sql`
  select note.id, note.credit_note_number, note.reason, note.created_at, note.amount, note.credits_returned,
    issued.id as invoice_id, issued.invoice_number, issued.currency
  from issued
  join credit_note as note on note.organisation_id = ${organisationId} and note.invoice_id = issued.id
  where note.status in ${inEffect}`;

const payments = ({ organisationId, customerId }: CustomerScope) => sql`
  select organisation_id, id, timestamp, currency_code, case when type in ${returned} then 1 else -1 end as sign, amount
  from payment
  where organisation_id = ${organisationId} and customer_id = ${customerId}
    and (type in ${received} or type in ${returned}) and status in ${moved}`;

/** What was owed in each currency just before a moment. */
export const findBalances = async (
  db: Db,
  scope: CustomerScope,
  before: string,
): Promise<{ currency: string; balance: number }[]> => {
  const { rows } = await sql<{ currency: string; balance: number }>`
    with issued as (${issued(scope)}), note as (${notes(scope)}), moved as (${payments(scope)})
    select currency, sum(amount) as balance
    from (
      select currency, total - applied_balance - settled_otherwise as amount from issued where issued_at < ${before}
      union all
      select currency, credits_returned - amount from note where created_at < ${before}
      union all
      select currency_code, sign * amount from moved where timestamp < ${before}
    ) as effect
    group by currency`.execute(db);
  return rows;
};

export interface IssuedInvoiceRow {
  id: string;
  invoice_number: string;
  status: InvoiceStatus;
  currency: string;
  issued_at: string;
  due_date: string | null;
  total: number;
  applied_balance: number;
  settled_otherwise: number;
}

export const findIssuedInvoices = async (
  db: Db,
  scope: CustomerScope,
  { from, before }: Span,
  limit: number,
): Promise<IssuedInvoiceRow[]> => {
  const { rows } = await sql<IssuedInvoiceRow>`
    with issued as (${issued(scope)})
    select * from issued where issued_at >= ${from} and issued_at < ${before} limit ${limit}`.execute(db);
  return rows;
};

export interface CreditNoteRow {
  id: string;
  credit_note_number: string;
  reason: string | null;
  created_at: string;
  amount: number;
  credits_returned: number;
  invoice_number: string;
  currency: string;
}

export const findCreditNotes = async (
  db: Db,
  scope: CustomerScope,
  { from, before }: Span,
  limit: number,
): Promise<CreditNoteRow[]> => {
  const { rows } = await sql<CreditNoteRow>`
    with issued as (${issued(scope)}), note as (${notes(scope)})
    select * from note where created_at >= ${from} and created_at < ${before} limit ${limit}`.execute(db);
  return rows;
};

export interface AgeingRow {
  currency: string;
  current: number;
  days_1_to_30: number;
  days_31_to_60: number;
  days_61_to_90: number;
  days_over_90: number;
}

/** The first moments of the closing day, and of the days 30, 60 and 90 days before it. */
export interface AgeLimits {
  closing: string;
  minus30: string;
  minus60: string;
  minus90: string;
}

/** What was still open just before a moment, by how long it had been due. */
export const findAgeing = async (
  db: Db,
  scope: CustomerScope,
  before: string,
  { closing, minus30, minus60, minus90 }: AgeLimits,
): Promise<AgeingRow[]> => {
  const { rows } = await sql<AgeingRow>`
    with issued as (${issued(scope)}), note as (${notes(scope)}), moved as (${payments(scope)}),
    effect as (
      select id as invoice_id, total - applied_balance - settled_otherwise as amount
      from issued where issued_at < ${before}
      union all
      select invoice_id, credits_returned - amount from note where created_at < ${before}
      union all
      select allocation.invoice_id, moved.sign * allocation.amount
      from moved
      join payment_allocation as allocation
        on allocation.organisation_id = moved.organisation_id and allocation.payment_id = moved.id
      where moved.timestamp < ${before}
    ),
    open as (select invoice_id, sum(amount) as amount from effect group by invoice_id having sum(amount) > 0)
    select issued.currency,
      sum(case when due_date is null or due_date >= ${closing} then amount else 0 end) as current,
      sum(case when due_date < ${closing} and due_date >= ${minus30} then amount else 0 end) as days_1_to_30,
      sum(case when due_date < ${minus30} and due_date >= ${minus60} then amount else 0 end) as days_31_to_60,
      sum(case when due_date < ${minus60} and due_date >= ${minus90} then amount else 0 end) as days_61_to_90,
      sum(case when due_date < ${minus90} then amount else 0 end) as days_over_90
    from open join issued on issued.id = open.invoice_id
    group by issued.currency`.execute(db);
  return rows;
};
