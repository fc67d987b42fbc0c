import { describe, expect, test } from 'vitest';
import type { LineItemInput } from '#contract/merchant-invoice-input.ts';
import { HttpError } from '../http/errors.ts';
import { bookLines, bookTotals } from './booking.ts';
import type { GivenTotals } from './booking.ts';

const book = (line: Partial<LineItemInput>, currency = 'USD') =>
  bookLines([{ name: 'Seats', unit_price: '12.50', ...line }], currency, [null], 'UTC')[0];

const refusalOf = (work: () => unknown): [unknown, string][] => {
  try {
    work();
  } catch (error) {
    return error instanceof HttpError ? (error.options.detail ?? []).map(({ loc, msg }) => [loc.join('.'), msg]) : [];
  }
  return [];
};

describe('a line', () => {
  test.each<[string, Partial<LineItemInput>, string, Record<string, unknown>]>([
    ['one unit', {}, 'USD', { quantity: 1, unit_price: '12.5', subtotal: 1250, tax: 0, total: 1250 }],
    ['fractions of a cent', { quantity: '12345', unit_price: '0.0004' }, 'USD', { subtotal: 494, total: 494 }],
    ['half a cent, rounded up', { unit_price: '0.005' }, 'USD', { subtotal: 1 }],
    ['half a cent back, rounded down', { unit_price: '-0.005' }, 'USD', { subtotal: -1 }],
    ['a part of a unit', { quantity: '2.5' }, 'USD', { quantity: 2.5, subtotal: 3125 }],
    ['a currency without decimals', { quantity: '3', unit_price: '980' }, 'JPY', { subtotal: 2940 }],
    ['a currency of three decimals', { quantity: '2', unit_price: '1.2345' }, 'KWD', { subtotal: 2469 }],
    ['tax', { tax_rate: '8.250' }, 'USD', { tax_rate: '8.25', tax: 103, total: 1353 }],
    ['a discount before tax', { discount: 250, tax_rate: '10' }, 'USD', { tax: 100, total: 1100 }],
    ['tax that was rounded otherwise', { tax_rate: '8.25', tax: 104 }, 'USD', { tax: 104, total: 1354 }],
    ['tax without a rate', { tax: 77 }, 'USD', { tax_rate: null, tax: 77, total: 1327 }],
    [
      'a subtotal that was rounded otherwise',
      { unit_price: '0.125', subtotal: 12 },
      'USD',
      { subtotal: 12, total: 12 },
    ],
    [
      'a credit with its discount and tax',
      { quantity: '-1', discount: -250, tax_rate: '10' },
      'USD',
      { subtotal: -1250, tax: -100, total: -1100 },
    ],
  ])('of %s', (_, line, currency, amounts) => {
    expect(book(line, currency)).toMatchObject(amounts);
  });

  test.each<[string, Partial<LineItemInput>, string, string]>([
    ['a subtotal that is off', { subtotal: 1252 }, 'subtotal', 'quantity × unit_price is 1250'],
    ['a discount beyond the subtotal', { discount: 1251 }, 'discount', 'between 0 and the subtotal of 1250'],
    ['a discount that adds', { discount: -1 }, 'discount', 'between 0 and the subtotal of 1250'],
    ['tax that is off', { tax_rate: '10', tax: 127 }, 'tax', '10 % of 1250 is 125'],
    ['tax the other way', { tax: -5 }, 'tax', 'the sign of 1250'],
    ['a total that is off by one', { tax_rate: '10', total: 1376 }, 'total', 'subtotal - discount + tax is 1375'],
    ['a price beyond all numbers', { unit_price: '9999999999999', quantity: '9999999' }, 'unit_price', 'too large'],
  ])('refuses %s', (_, line, field, msg) => {
    expect(refusalOf(() => book(line))).toEqual([[`body.line_items.0.${field}`, expect.stringContaining(msg)]]);
  });

  test('names every line that does not agree', () => {
    const lines = [
      { name: 'A', unit_price: '1', subtotal: 5 },
      { name: 'B', unit_price: '1' },
      { name: 'C', unit_price: '1', total: 5 },
    ];
    const refusal = refusalOf(() => bookLines(lines, 'USD', [null, null, null], 'UTC'));
    expect(refusal.map(([loc]) => loc)).toEqual(['body.line_items.0.subtotal', 'body.line_items.2.total']);
  });
});

describe('totals', () => {
  const lines = bookLines(
    [
      { name: 'Seats', quantity: '2', unit_price: '50', discount: 1000, tax_rate: '10' },
      { name: 'Proration', unit_price: '-20', tax_rate: '10' },
    ],
    'USD',
    [null, null],
    'UTC',
  );

  test('are the sums of the lines', () => {
    expect(bookTotals(lines, {})).toEqual({
      subtotal: 8000,
      discount_total: 1000,
      tax_total: 700,
      invoice_total: 7700,
    });
  });

  test.each<[GivenTotals, string]>([
    [{ invoice_total: 7701 }, 'body.invoice_total'],
    [{ subtotal: 7999 }, 'body.subtotal'],
    [{ discount_total: 0 }, 'body.discount_total'],
    [{ tax_total: 699 }, 'body.tax_total'],
  ])('that are given as %j must agree', (totals, loc) => {
    expect(refusalOf(() => bookTotals(lines, totals)).map(([place]) => place)).toEqual([loc]);
  });

  test('are never below nothing', () => {
    const credit = bookLines([{ name: 'Credit', unit_price: '-1' }], 'USD', [null], 'UTC');
    expect(refusalOf(() => bookTotals(credit, {}))).toEqual([['body.line_items', expect.stringContaining('-100')]]);
  });

  test.each<[GivenTotals, Record<string, number>]>([
    [{ invoice_total: 500 }, { subtotal: 500, discount_total: 0, tax_total: 0 }],
    [
      { invoice_total: 550, tax_total: 50 },
      { subtotal: 500, discount_total: 0, tax_total: 50 },
    ],
    [
      { invoice_total: 450, discount_total: 50, subtotal: 500 },
      { subtotal: 500, discount_total: 50, tax_total: 0 },
    ],
    [{ invoice_total: 0 }, { subtotal: 0, invoice_total: 0 }],
  ])('without lines come from %j', (totals, expected) => {
    expect(bookTotals([], totals)).toMatchObject(expected);
  });

  test.each<[GivenTotals]>([
    [{}],
    [{ subtotal: 500 }],
    [{ invoice_total: 500, subtotal: 400 }],
    [{ invoice_total: 10, tax_total: 20 }],
  ])('without lines cannot come from %j', (totals) => {
    expect(refusalOf(() => bookTotals([], totals)).map(([place]) => place)).toEqual(['body.invoice_total']);
  });
});
