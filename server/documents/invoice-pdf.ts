import type { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { InvoiceLineItem, PortalInvoiceDetail } from '#contract/invoices.ts';
import { isInEffect } from '../credit-notes/credit-note-statuses.ts';
import { codeWords, paymentMethodWords, paymentTypeWords } from '../payments/payment-words.ts';
import { hasMoved, isMoneyBack } from '../payments/received.ts';
import { muted } from './colours.ts';
import { drawFacts, drawHead, drawParties, footerOf, textCell } from './letterhead.ts';
import type { Issuer, Recipient, Tone } from './letterhead.ts';
import { renderSheet, rowsAtOnce } from './sheet.ts';
import type { Sheet, Text } from './sheet.ts';
import { body, headline, small, strong } from './styles.ts';
import { drawTotals, Table } from './table.ts';
import { day, money, moneyWithCode, percent, period, quantity, unitPrice } from './words.ts';

/** All that an invoice's PDF says. */
export interface InvoiceDocument {
  issuer: Issuer;
  recipient: Recipient;
  invoice: PortalInvoiceDetail;
  /** IANA name of the zone in which days are counted. */
  timeZone: string;
  /** When the file is made, milliseconds since 1970. */
  createdAt: number;
}

const tones: Partial<Record<PortalInvoiceDetail['status'], Tone>> = {
  paid: 'success',
  partially_paid: 'warning',
  draft: 'warning',
  edited: 'warning',
};

const pillOf = ({ status }: PortalInvoiceDetail): { text: string; tone: Tone } | undefined =>
  status === 'approved' ? undefined : { text: codeWords(status).toUpperCase(), tone: tones[status] ?? 'neutral' };

const headlineOf = ({ invoice, timeZone }: InvoiceDocument): string => {
  const { status, amount_due: due, currency, due_date: dueDate, invoice_total: total, paid_at: paidAt } = invoice;
  switch (status) {
    case 'void':
    case 'discarded':
      return `${moneyWithCode(total, currency)}, nothing to pay`;
    case 'draft':
    case 'edited':
    case 'upcoming':
      return `${moneyWithCode(total, currency)}, not due yet`;
    case 'paid':
      return `${moneyWithCode(total, currency)} paid${paidAt === null ? '' : ` on ${day(paidAt, timeZone)}`}`;
    default:
      return `${moneyWithCode(due, currency)} due${dueDate === null ? '' : ` ${day(dueDate, timeZone)}`}`;
  }
};

const plain = (text: string): Text[] => [{ text, style: body }];

/** A line tells its period when that is not the invoice's. */
const describe = (line: InvoiceLineItem, invoice: PortalInvoiceDetail, timeZone: string): Text[] => {
  const days =
    line.period === null || isDeepStrictEqual(line.period, invoice.invoice_period)
      ? null
      : period(line.period, timeZone);
  const notes = [line.description, line.is_proration ? ['Prorated', days].filter(Boolean).join(' · ') : days];
  return [
    { text: line.name, style: body },
    ...notes.filter((note): note is string => Boolean(note)).map((text) => ({ text, style: small })),
  ];
};

interface LineColumn {
  title: string;
  cell: (line: InvoiceLineItem) => Text[];
}

/** What a line comes to, read from left to right; discount and tax only where a line has one. */
const columnsOf = (invoice: PortalInvoiceDetail, timeZone: string): LineColumn[] => {
  const { line_items: lines, currency } = invoice;
  const hasDiscount = lines.some(({ discount }) => discount !== 0);
  const hasTax = lines.some(({ tax, tax_rate: rate }) => tax !== 0 || rate !== null);
  const columns: (LineColumn | false)[] = [
    { title: 'Description', cell: (line) => describe(line, invoice, timeZone) },
    { title: 'Quantity', cell: (line) => plain(quantity(line.quantity, line.unit)) },
    { title: 'Unit price', cell: (line) => plain(unitPrice(line.unit_price, currency)) },
    hasDiscount && {
      title: 'Discount',
      cell: ({ discount }) => plain(discount === 0 ? '' : money(-discount, currency)),
    },
    hasTax && {
      title: 'Tax',
      cell: ({ tax, tax_rate: rate }) =>
        rate === null && tax === 0
          ? []
          : [...plain(money(tax, currency)), ...(rate === null ? [] : [{ text: percent(rate), style: small }])],
    },
    { title: hasDiscount || hasTax ? 'Total' : 'Amount', cell: ({ total }) => plain(money(total, currency)) },
  ];
  return columns.filter((column) => column !== false);
};

const drawLines = async (sheet: Sheet, { invoice, timeZone }: InvoiceDocument): Promise<void> => {
  const { line_items: lines } = invoice;
  if (lines.length === 0) {
    sheet.row([textCell(sheet, 'This invoice has no line items.', small)]);
    return;
  }
  const columns = columnsOf(invoice, timeZone);
  const rows = lines.map((line) => columns.map(({ cell }) => cell(line)));
  const table = new Table(
    sheet,
    columns.map(({ title }, index) => ({ title, align: index === 0 ? 'left' : 'right' })),
    rows,
  );
  for (const [index, row] of rows.entries()) {
    table.row(row);
    if (index % rowsAtOnce === rowsAtOnce - 1) {
      await sheet.pause();
    }
  }
};

const totalsOf = ({ invoice, timeZone }: InvoiceDocument) => {
  const { currency, payments, credit_notes: creditNotes, status } = invoice;
  const amount = (value: number): string => money(value, currency);
  const unlessZero = (label: string, value: number) => (value === 0 ? [] : [{ label, amount: amount(value) }]);
  const moved = payments.filter((payment) => hasMoved(payment.status));
  const movements = moved.map((payment) => ({
    label: [
      paymentTypeWords(payment.type),
      day(payment.timestamp, timeZone),
      paymentMethodWords(payment.payment_method, payment.payment_method_details),
    ].join(' · '),
    amount: amount(isMoneyBack(payment.type) ? payment.amount : -payment.amount),
  }));
  const credits = creditNotes
    .filter((note) => isInEffect(note.status))
    .map((note) => ({
      label: `Credit note ${note.credit_note_number} · ${day(note.created_at, timeZone)}`,
      amount: amount(-note.amount),
    }));
  const paid = moved.reduce((sum, payment) => sum + (isMoneyBack(payment.type) ? -payment.amount : payment.amount), 0);
  const rest = invoice.invoice_total - paid - invoice.credited_amount - invoice.amount_due;
  const isOpenOrPaid = status === 'approved' || status === 'partially_paid' || status === 'paid';
  return [
    { label: 'Subtotal', amount: amount(invoice.subtotal) },
    ...unlessZero('Discount', -invoice.discount_total),
    ...unlessZero('Tax', invoice.tax_total),
    { label: 'Total', amount: amount(invoice.invoice_total), isSum: true },
    ...movements,
    ...credits,
    ...(isOpenOrPaid ? unlessZero(rest > 0 ? 'Balance applied' : 'Returned as account credit', -rest) : []),
    { label: 'Amount due', amount: moneyWithCode(invoice.amount_due, currency), isSum: true },
  ];
};

const drawNotes = (sheet: Sheet, notes: string | null): void => {
  if (notes === null || notes.trim() === '') {
    return;
  }
  sheet.y += 22;
  sheet.ensure(44);
  sheet.row([textCell(sheet, 'Notes', { ...strong, colour: muted, size: 8.5 }, 'H2')]);
  sheet.row([textCell(sheet, notes, body)]);
};

const draw = async (sheet: Sheet, document: InvoiceDocument): Promise<void> => {
  const { issuer, recipient, invoice, timeZone } = document;
  drawHead(sheet, issuer, 'Invoice', pillOf(invoice));
  drawFacts(sheet, [
    ['Invoice number', invoice.invoice_number],
    ['Date of issue', day(invoice.created_at, timeZone)],
    ['Due date', invoice.due_date === null ? null : day(invoice.due_date, timeZone)],
    ['Billing period', invoice.invoice_period === null ? null : period(invoice.invoice_period, timeZone)],
    ['Contract', invoice.contract?.name ?? null],
  ]);
  sheet.y += 22;
  drawParties(sheet, issuer, recipient, 'Bill to');
  sheet.y += 24;
  sheet.row([textCell(sheet, headlineOf(document), headline, 'H2')]);
  sheet.y += 14;
  await drawLines(sheet, document);
  sheet.y += 12;
  drawTotals(sheet, totalsOf(document));
  drawNotes(sheet, invoice.notes);
};

/** Draws an invoice. */
export const renderInvoicePdf = (document: InvoiceDocument): Readable =>
  renderSheet(
    {
      title: `Invoice ${document.invoice.invoice_number}`,
      author: document.issuer.name,
      createdAt: new Date(document.createdAt),
      footer: footerOf(document.issuer, `Invoice ${document.invoice.invoice_number}`),
    },
    (sheet) => draw(sheet, document),
  );
