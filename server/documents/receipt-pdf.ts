import type { Readable } from 'node:stream';
import type { PortalPayment } from '#contract/payments.ts';
import { paymentMethodWords, paymentTypeWords } from '../payments/payment-words.ts';
import { isMoneyBack } from '../payments/received.ts';
import { drawFacts, drawHead, drawParties, footerOf, textCell } from './letterhead.ts';
import type { Issuer, Recipient, Tone } from './letterhead.ts';
import { renderSheet } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { body, headline } from './styles.ts';
import { drawTotals, Table } from './table.ts';
import { day, money, moneyWithCode } from './words.ts';

/** All that a receipt says: of money that came, or of money that went back. */
export interface ReceiptDocument {
  issuer: Issuer;
  recipient: Recipient;
  payment: PortalPayment;
  /** IANA name of the zone in which days are counted. */
  timeZone: string;
  /** When the file is made, milliseconds since 1970. */
  createdAt: number;
}

const titleOf = ({ type }: PortalPayment): string =>
  isMoneyBack(type) ? `${paymentTypeWords(type)} receipt` : 'Receipt';

const headlineOf = ({ payment, timeZone }: ReceiptDocument): string => {
  const verb = payment.type === 'refund' ? 'refunded' : payment.type === 'payment_reversal' ? 'reversed' : 'paid';
  return `${moneyWithCode(payment.amount, payment.currency_code)} ${verb} on ${day(payment.timestamp, timeZone)}`;
};

const pillOf = ({ status, type }: PortalPayment): { text: string; tone: Tone } | undefined => {
  if (isMoneyBack(type) || status === 'success') {
    return undefined;
  }
  return { text: status === 'refunded' ? 'REFUNDED' : 'PARTIALLY REFUNDED', tone: 'warning' };
};

const drawInvoices = (sheet: Sheet, { invoices, amount, currency_code: currency }: PortalPayment): void => {
  const cell = (text: string) => [{ text, style: body }];
  const rows = invoices.map((invoice) => [cell(invoice.invoice_number), cell(money(invoice.amount, currency))]);
  const applied = invoices.reduce((sum, invoice) => sum + invoice.amount, 0);
  if (amount > applied) {
    rows.push([cell('Not applied to an invoice'), cell(money(amount - applied, currency))]);
  }
  const columns = [
    { title: 'Invoice', align: 'left' },
    { title: 'Amount', align: 'right' },
  ] as const;
  const table = new Table(sheet, columns, rows);
  rows.forEach((row) => table.row(row));
};

const draw = (sheet: Sheet, document: ReceiptDocument): void => {
  const { issuer, recipient, payment, timeZone } = document;
  const { amount, amount_refunded: refunded, currency_code: currency, type } = payment;
  drawHead(sheet, issuer, titleOf(payment), pillOf(payment));
  drawFacts(sheet, [
    ['Receipt number', payment.receipt_number],
    [isMoneyBack(type) ? 'Date' : 'Date paid', day(payment.timestamp, timeZone)],
    ['Payment method', paymentMethodWords(payment.payment_method, payment.payment_method_details)],
    [`${paymentTypeWords(type)} of`, payment.parent?.receipt_number ?? null],
  ]);
  sheet.y += 22;
  drawParties(sheet, issuer, { ...recipient, shipTo: null }, isMoneyBack(type) ? 'Paid to' : 'Received from');
  sheet.y += 24;
  sheet.row([textCell(sheet, headlineOf(document), headline, 'H2')]);
  sheet.y += 14;
  drawInvoices(sheet, payment);
  sheet.y += 12;
  drawTotals(sheet, [
    {
      label: isMoneyBack(type) ? 'Amount returned' : 'Amount paid',
      amount: moneyWithCode(amount, currency),
      isSum: true,
    },
    ...(refunded === 0
      ? []
      : [
          { label: 'Refunded since', amount: money(-refunded, currency) },
          { label: 'Kept', amount: moneyWithCode(amount - refunded, currency), isSum: true },
        ]),
  ]);
};

/** Draws the receipt of a payment or of a refund. */
export const renderReceiptPdf = (document: ReceiptDocument): Readable => {
  const { payment, issuer, createdAt } = document;
  const title = [titleOf(payment), payment.receipt_number].filter(Boolean).join(' ');
  return renderSheet(
    { title, author: issuer.name, createdAt: new Date(createdAt), footer: footerOf(issuer, title) },
    async (sheet) => draw(sheet, document),
  );
};
