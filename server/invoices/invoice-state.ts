import type { InvoiceInput, InvoicePatch } from '#contract/merchant-invoice-input.ts';
import type { InvoiceStatus } from '#contract/invoices.ts';
import type { BillingMoment } from '#contract/primitives.ts';
import { momentIn } from '../customers/billing-day.ts';
import { HttpError, invalid } from '../http/errors.ts';
import { bookLines, bookPeriod, bookTotals } from './booking.ts';
import type { BookedLine, GivenTotals, Totals } from './booking.ts';
import type { References } from './invoice-references.ts';
import type { InvoiceTable } from './invoices.table.ts';
import { isIssued, settlementOf } from './settlement.ts';

/** An invoice with its lines, as it is or as it will be stored. */
export interface InvoiceState {
  row: InvoiceTable;
  lines: readonly BookedLine[];
}

/** What may be said of an invoice: all of it, or only what changes. */
export type InvoiceChange = InvoicePatch & Pick<Partial<InvoiceInput>, 'status'>;

const editable = new Set<InvoiceStatus>(['draft', 'edited', 'upcoming']);

export const isEditable = (status: InvoiceStatus): boolean => editable.has(status);

/** The columns that nobody may change once the invoice is issued, by the fields that stand for them. */
const fixedColumns: Record<string, readonly (keyof InvoiceTable)[]> = {
  customer_id: ['customer_id'],
  contract_id: ['contract_id'],
  currency: ['currency'],
  invoice_number: ['invoice_number'],
  created_at: ['created_at'],
  invoice_period: ['period_begin', 'period_end_exclusive'],
  invoice_total: ['invoice_total'],
  net_invoice_total: ['net_invoice_total'],
  applied_balance: ['applied_balance'],
  subtotal: ['subtotal'],
  discount_total: ['discount_total'],
  tax_total: ['tax_total'],
};

const stateInvalid = (message: string, fields: readonly string[] = []): HttpError =>
  new HttpError(409, 'invoice_state_invalid', message, {
    detail: fields.map((field) => ({ loc: ['body', field], msg: message, type: 'state_invalid' })),
  });

const totalNames = [
  'subtotal',
  'discount_total',
  'tax_total',
  'invoice_total',
] as const satisfies (keyof GivenTotals)[];

/** What is stored of a line has its place too, which is no part of what it says. */
const areSameLines = (stored: readonly BookedLine[], wanted: readonly BookedLine[]): boolean =>
  stored.length === wanted.length &&
  wanted.every((line, index) =>
    (Object.keys(line) as (keyof BookedLine)[]).every((column) => line[column] === stored[index]?.[column]),
  );

const given = <Value>(value: Value | undefined, otherwise: Value): Value => (value === undefined ? otherwise : value);

const withFacts = (row: InvoiceTable, change: InvoiceChange, timeZone: string): InvoiceTable => {
  const { invoice_period: period, custom_data: customData } = change;
  const at = (moment: BillingMoment | null | undefined) => moment && momentIn(moment, timeZone);
  const booked = period && bookPeriod(period, timeZone, ['invoice_period']);
  return {
    ...row,
    external_id: given(change.external_id, row.external_id),
    invoice_number: given(change.invoice_number, row.invoice_number),
    currency: given(change.currency, row.currency),
    created_at: change.created_at === undefined ? row.created_at : momentIn(change.created_at, timeZone),
    period_begin: booked === undefined ? row.period_begin : (booked?.begin ?? null),
    period_end_exclusive: booked === undefined ? row.period_end_exclusive : (booked?.endExclusive ?? null),
    net_invoice_total: given(change.net_invoice_total, row.net_invoice_total),
    applied_balance: given(change.applied_balance, row.applied_balance),
    due_date: given(at(change.due_date), row.due_date),
    promise_due_date: given(at(change.promise_due_date), row.promise_due_date),
    notes: given(change.notes, row.notes),
    custom_data: customData === undefined ? row.custom_data : customData && JSON.stringify(customData),
    invoice_url: given(change.invoice_url, row.invoice_url),
    payment_url: given(change.payment_url, row.payment_url),
    sent_at: given(at(change.sent_at), row.sent_at),
    charged_at: given(at(change.charged_at), row.charged_at),
    created_by: given(change.created_by, row.created_by),
  };
};

const requireWithin = (field: string, amount: number | null, most: number): void => {
  if (amount !== null && amount > most) {
    throw invalid([{ loc: ['body', field], msg: `Must be at most ${most}`, type: 'amount_mismatch' }]);
  }
};

const totalsOf = (
  { row, lines: storedLines }: InvoiceState,
  lines: readonly BookedLine[],
  currency: string,
  change: InvoiceChange,
): Totals => {
  const isOfLines = lines === storedLines && lines.length > 0;
  if (currency !== row.currency && (isOfLines || (lines === storedLines && change.invoice_total === undefined))) {
    const msg = `Send ${isOfLines ? 'line_items' : 'invoice_total'} along: the amounts are of the currency before`;
    throw invalid([{ loc: ['body', 'currency'], msg, type: 'amount_mismatch' }]);
  }
  if (lines !== storedLines || totalNames.some((name) => given(change[name], row[name]) !== row[name])) {
    return bookTotals(lines, change);
  }
  const { invoice_total, subtotal, discount_total, tax_total } = row;
  return { invoice_total, subtotal, discount_total, tax_total };
};

const withStatus = (row: InvoiceTable, status: InvoiceStatus, at: string): InvoiceTable => {
  const sums = {
    total: row.net_invoice_total ?? row.invoice_total,
    appliedBalance: row.applied_balance,
    paid: 0,
    credited: 0,
    creditsReturned: 0,
  };
  const settled = settlementOf({ status, paid_at: null }, sums, at);
  return { ...row, ...settled, approved_at: isIssued(status) ? (row.approved_at ?? at) : null };
};

/** The draft from now on owed; paid, where there is nothing to pay. */
export const approved = (row: InvoiceTable, at: string): InvoiceTable => withStatus(row, 'approved', at);

/** An edited draft that is sent as a draft again stays edited. */
const statusAfter = (current: InvoiceStatus, wanted: InvoiceInput['status']): InvoiceStatus =>
  wanted === undefined || (wanted === 'draft' && current === 'edited') ? current : wanted;

const withReferences = (
  row: InvoiceTable,
  change: InvoiceChange,
  references: References,
  customerId: string,
): InvoiceTable => {
  const contract = references.contractOf(change);
  const isStranger = contract === undefined ? row.contract_id !== null && customerId !== row.customer_id : false;
  if (isStranger || (contract && contract.customer_id !== customerId)) {
    const field = change.contract_external_id === undefined ? 'contract_id' : 'contract_external_id';
    const msg = 'The contract is of another customer';
    throw invalid([{ loc: ['body', field], msg, type: 'reference_mismatch' }]);
  }
  return {
    ...row,
    customer_id: customerId,
    contract_id: contract === undefined ? row.contract_id : (contract?.id ?? null),
  };
};

const requireUnfixed = (before: InvoiceState, after: InvoiceState, wanted: InvoiceInput['status']): void => {
  const { status } = before.row;
  if (wanted !== undefined && (wanted !== 'approved' || !isIssued(status))) {
    throw stateInvalid(`The invoice is ${status} and cannot become ${wanted}`, ['status']);
  }
  const fields = Object.keys(fixedColumns).filter((field) =>
    fixedColumns[field]?.some((column) => before.row[column] !== after.row[column]),
  );
  if (!areSameLines(before.lines, after.lines)) {
    fields.push('line_items');
  }
  if (fields.length > 0) {
    const way = isIssued(status) ? 'issue a credit note and a new invoice instead' : 'create a new invoice instead';
    throw stateInvalid(`The invoice is ${status} and cannot change any more: ${way}`, fields);
  }
};

const applied = (state: InvoiceState, change: InvoiceChange, references: References): InvoiceState => {
  const { id: customerId, time_zone: timeZone } = references.customerOf(change, state.row.customer_id);
  const row = withFacts(withReferences(state.row, change, references, customerId), change, timeZone);
  const lines =
    change.line_items === undefined
      ? state.lines
      : bookLines(change.line_items, row.currency, references.productIdsOf(change.line_items), timeZone);
  const totals = totalsOf(state, lines, row.currency, change);
  requireWithin('net_invoice_total', row.net_invoice_total, totals.invoice_total);
  requireWithin('applied_balance', row.applied_balance, row.net_invoice_total ?? totals.invoice_total);
  return { row: { ...row, ...totals }, lines };
};

interface NewInvoice {
  organisationId: string;
  id: string;
  now: string;
}

/**
 * The invoice that the input asks for. Its number is empty when none was given.
 * @throws HttpError 422 naming each field that breaks a rule
 */
export const newInvoice = (
  { organisationId, id, now }: NewInvoice,
  input: InvoiceInput,
  references: References,
): InvoiceState => {
  const blank: InvoiceState = {
    row: {
      organisation_id: organisationId,
      customer_id: '',
      created_at: now,
      id,
      external_id: null,
      invoice_number: '',
      status: 'draft',
      currency: input.currency,
      invoice_total: 0,
      net_invoice_total: null,
      subtotal: 0,
      discount_total: 0,
      tax_total: 0,
      paid_amount: 0,
      amount_due: 0,
      due_date: null,
      promise_due_date: null,
      period_begin: null,
      period_end_exclusive: null,
      contract_id: null,
      notes: null,
      custom_data: null,
      approved_at: null,
      sent_at: null,
      paid_at: null,
      updated_at: now,
      applied_balance: 0,
      invoice_url: null,
      payment_url: null,
      charged_at: null,
      created_by: null,
    },
    lines: [],
  };
  const { row, lines } = applied(blank, { ...input, line_items: input.line_items ?? [] }, references);
  return { row: withStatus(row, input.status ?? 'approved', row.created_at), lines };
};

/**
 * The invoice as the change makes it, or undefined where it says nothing new.
 * @throws HttpError 422 naming each field that breaks a rule, 409 `invoice_state_invalid` for what an issued invoice
 *   does not let change
 */
export const changedInvoice = (
  state: InvoiceState,
  change: InvoiceChange,
  references: References,
  now: string,
): InvoiceState | undefined => {
  const after = applied(state, change, references);
  let { row } = after;
  if (isEditable(row.status)) {
    row = withStatus(row, statusAfter(row.status, change.status), now);
  } else {
    requireUnfixed(state, after, change.status);
  }
  const lines = areSameLines(state.lines, after.lines) ? state.lines : after.lines;
  const columns = Object.keys(row) as (keyof InvoiceTable)[];
  const isSame = lines === state.lines && columns.every((column) => row[column] === state.row[column]);
  return isSame ? undefined : { row: { ...row, updated_at: now }, lines };
};
