import type { ErrorDetail } from '#contract/errors.ts';
import type { InvoiceInput, LineItemInput, PeriodInput } from '#contract/merchant-invoice-input.ts';
import { momentIn } from '../customers/billing-day.ts';
import { invalid } from '../http/errors.ts';
import { currencyDecimals, multiplyDecimals, percentOf, plainDecimal, toMinor } from '../money.ts';
import type { InvoiceLineItemTable, InvoiceTable } from './invoices.table.ts';

/** What a line says, without its place. */
export type BookedLine = Omit<InvoiceLineItemTable, 'organisation_id' | 'invoice_id' | 'id' | 'position'>;

export type Totals = Pick<InvoiceTable, 'invoice_total' | 'subtotal' | 'discount_total' | 'tax_total'>;

export type GivenTotals = Pick<InvoiceInput, keyof Totals>;

const largest = 1_000_000_000_000_000;

/** Others round lines otherwise; what they have printed on the invoice stands. */
const roundingTolerance = 1;

const differ = (loc: ErrorDetail['loc'], msg: string): ErrorDetail => ({
  loc: ['body', ...loc],
  msg,
  type: 'amount_mismatch',
});

const isFar = (given: number, computed: number): boolean => Math.abs(given - computed) > roundingTolerance;

const isOpposed = (part: number, whole: number): boolean => part !== 0 && Math.sign(part) === -Math.sign(whole);

/**
 * A billing period as it is stored; `loc` is where it was said.
 * @throws HttpError 422 when it does not end after it begins
 */
export const bookPeriod = (
  { begin_date: beginDate, end_date_exclusive: endDate }: PeriodInput,
  timeZone: string,
  loc: ErrorDetail['loc'],
): { begin: string; endExclusive: string } => {
  const [begin, endExclusive] = [momentIn(beginDate, timeZone), momentIn(endDate, timeZone)];
  if (endExclusive <= begin) {
    const msg = 'Must be after begin_date';
    throw invalid([{ loc: ['body', ...loc, 'end_date_exclusive'], msg, type: 'rule_broken' }]);
  }
  return { begin, endExclusive };
};

/** Where a line stands, and what it does not say itself. */
interface Place {
  loc: ErrorDetail['loc'];
  decimals: number;
  productId: string | null;
  timeZone: string;
}

const bookLine = (
  line: LineItemInput,
  { loc, decimals, productId, timeZone }: Place,
  problems: ErrorDetail[],
): BookedLine => {
  const quantity = line.quantity ?? '1';
  const unitPrice = plainDecimal(line.unit_price);
  const product = toMinor(multiplyDecimals(quantity, unitPrice), decimals);
  const subtotal = line.subtotal ?? product;
  const discount = line.discount ?? 0;
  const net = subtotal - discount;
  const taxRate = line.tax_rate == null ? null : plainDecimal(line.tax_rate);
  const wantedTax = taxRate === null ? 0 : percentOf(net, taxRate);
  const tax = line.tax ?? wantedTax;
  const total = net + tax;
  const period = line.period && bookPeriod(line.period, timeZone, [...loc, 'period']);

  if (Math.abs(product) > largest) {
    problems.push(differ([...loc, 'unit_price'], 'quantity × unit_price is too large'));
  } else if (isFar(subtotal, product)) {
    problems.push(differ([...loc, 'subtotal'], `quantity × unit_price is ${product}`));
  }
  if (Math.abs(discount) > Math.abs(subtotal) || isOpposed(discount, subtotal)) {
    problems.push(differ([...loc, 'discount'], `Must be between 0 and the subtotal of ${subtotal}`));
  }
  if (taxRate !== null && isFar(tax, wantedTax)) {
    problems.push(differ([...loc, 'tax'], `${taxRate} % of ${net} is ${wantedTax}`));
  } else if (isOpposed(tax, net)) {
    problems.push(differ([...loc, 'tax'], `Must have the sign of ${net}, on which it is levied`));
  }
  if (line.total !== undefined && line.total !== total) {
    problems.push(differ([...loc, 'total'], `subtotal - discount + tax is ${total}`));
  }
  return {
    product_id: productId,
    name: line.name,
    description: line.description ?? null,
    quantity: Number(quantity),
    unit: line.unit ?? null,
    unit_price: unitPrice,
    subtotal,
    discount,
    tax_rate: taxRate,
    tax,
    total,
    period_begin: period?.begin ?? null,
    period_end_exclusive: period?.endExclusive ?? null,
    is_proration: line.is_proration === true ? 1 : 0,
  };
};

/**
 * Works out the amounts of an invoice's lines; `productIds` has one of each line.
 * @throws HttpError 422 that names every amount that does not agree
 */
export const bookLines = (
  lines: readonly LineItemInput[],
  currency: string,
  productIds: readonly (string | null)[],
  timeZone: string,
): BookedLine[] => {
  const decimals = currencyDecimals(currency);
  const problems: ErrorDetail[] = [];
  const booked = lines.map((line, index) =>
    bookLine(line, { loc: ['line_items', index], decimals, productId: productIds[index] ?? null, timeZone }, problems),
  );
  if (problems.length > 0) {
    throw invalid(problems);
  }
  return booked;
};

const sumOf = (lines: readonly BookedLine[]): Totals => {
  const totals: Totals = { invoice_total: 0, subtotal: 0, discount_total: 0, tax_total: 0 };
  for (const line of lines) {
    totals.invoice_total += line.total;
    totals.subtotal += line.subtotal;
    totals.discount_total += line.discount;
    totals.tax_total += line.tax;
  }
  return totals;
};

const bookWithoutLines = (given: GivenTotals): Totals => {
  const { invoice_total: total, discount_total: discount = 0, tax_total: tax = 0 } = given;
  if (total === undefined) {
    const msg = 'Required where there are no line items';
    throw invalid([{ loc: ['body', 'invoice_total'], msg, type: 'missing' }]);
  }
  const subtotal = given.subtotal ?? total + discount - tax;
  if (subtotal < 0 || subtotal - discount + tax !== total) {
    throw invalid([differ(['invoice_total'], 'Must be subtotal - discount_total + tax_total')]);
  }
  return { invoice_total: total, subtotal, discount_total: discount, tax_total: tax };
};

/**
 * The totals of an invoice of these lines; those that were given must be the same.
 * @throws HttpError 422 that names each total that does not agree
 */
export const bookTotals = (lines: readonly BookedLine[], given: GivenTotals): Totals => {
  if (lines.length === 0) {
    return bookWithoutLines(given);
  }
  const totals = sumOf(lines);
  if (totals.invoice_total < 0) {
    const msg = `The lines come to ${totals.invoice_total}: an invoice cannot be of less than nothing`;
    throw invalid([differ(['line_items'], msg)]);
  }
  if (totals.invoice_total > largest) {
    throw invalid([differ(['line_items'], 'The lines come to too much')]);
  }
  const problems = (Object.keys(totals) as (keyof Totals)[])
    .filter((name) => given[name] !== undefined && given[name] !== totals[name])
    .map((name) => differ([name], `The lines come to ${totals[name]}`));
  if (problems.length > 0) {
    throw invalid(problems);
  }
  return totals;
};
