import { describe, expect, test } from 'vitest';
import {
  currencyDecimals,
  fitsDecimals,
  isCurrency,
  multiplyDecimals,
  percentOf,
  roundDecimal,
  toMinor,
} from './money.ts';

describe('decimals', () => {
  test.each([
    ['0.1', '0.2', '0.02'],
    ['1234.567', '0.0004', '0.4938268'],
    ['-13.5', '3', '-40.5'],
    ['150', '49', '7350'],
    ['0', '-0.5', '0'],
  ])('%s × %s is %s', (left, right, product) => {
    expect(multiplyDecimals(left, right)).toBe(product);
  });

  test.each([
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['45.08', 0, '45'],
    ['0.5', 0, '1'],
    ['2', 3, '2'],
  ])('%s to %d decimals is %s', (text, decimals, rounded) => {
    expect(roundDecimal(text, decimals)).toBe(rounded);
  });

  test.each([
    ['94', 2, 9400],
    ['55.94', 2, 5594],
    ['0.125', 2, 13],
    ['7350', 0, 7350],
    ['12.345', 3, 12345],
    ['-0.01', 2, -1],
  ])('%s with %d decimals is %d minor units', (text, decimals, minor) => {
    expect(toMinor(text, decimals)).toBe(minor);
  });

  test.each([
    ['1.50', 1, true],
    ['1.505', 2, false],
    ['7350.00', 0, true],
    ['0.5', 0, false],
  ])('%s fits into %d decimals: %s', (text, decimals, fits) => {
    expect(fitsDecimals(text, decimals)).toBe(fits);
  });

  test.each(['', '1,5', '1e3', 'NaN', '.5'])('refuses %j', (text) => {
    expect(() => toMinor(text, 2)).toThrow(RangeError);
  });
});

test.each([
  [9999, '8.875', 887],
  [1000, '0.05', 1],
  [-1000, '20', -200],
  [0, '10', 0],
])('of %d, %s per cent is %d', (amount, percent, part) => {
  expect(percentOf(amount, percent)).toBe(part);
});

test.each([
  ['USD', 2],
  ['JPY', 0],
  ['KWD', 3],
])('%s has %d decimals', (currency, decimals) => {
  expect(currencyDecimals(currency)).toBe(decimals);
});

test('knows currencies from other codes', () => {
  expect(isCurrency('EUR')).toBe(true);
  expect(isCurrency('XYZ')).toBe(false);
});
