import { expect } from '@open-wc/testing';
import { currencyDecimals, decimalText, formatMoney } from './money.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  for (const [amountMinor, currency, locale, expected] of [
    [123456, 'USD', 'en-US', '$1,234.56'],
    [-123456, 'USD', 'en-US', '-$1,234.56'],
    [0, 'USD', 'en-US', '$0.00'],
    [5, 'USD', 'en-US', '$0.05'],
    [123456, 'EUR', 'de-DE', '1.234,56 €'],
    [123456, 'USD', 'ar-u-nu-latn', '\u2067\u200f1,234.56 US$\u200e\u2069'],
    [-123456, 'USD', 'ar-u-nu-latn', '\u2067\u200f\u200e-1,234.56 US$\u200e\u2069'],
    [1500, 'JPY', 'en-US', '¥1,500'],
    [1500, 'KWD', 'en-US', 'KWD 1.500'],
    [12345, 'CLF', 'en-US', 'CLF 1.2345'],
    [12345, 'RSD', 'en-US', 'RSD 123.45'],
    [9007199254740991, 'KWD', 'en-US', 'KWD 9,007,199,254,740.991'],
    [1005, 'USD', 'en-US', '$10.05'],
    [1200, 'CREDITS', 'en-US', '12.00 CREDITS'],
    [1200, 'ZZZ', 'en-US', 'ZZZ 12.00'],
  ] as const) {
    it(`writes ${amountMinor} ${currency} in ${locale} as ${expected}`, () => {
      expect(plain(formatMoney(amountMinor, currency, locale))).to.equal(expected);
    });
  }
});

describe('decimalText', () => {
  for (const [amountMinor, decimals, expected] of [
    [-5, 2, '-0.05'],
    [0, 3, '0.000'],
    [12, 0, '12'],
    [1205, 2, '12.05'],
  ] as const) {
    it(`writes ${amountMinor} with ${decimals} decimals as ${expected}`, () => {
      expect(decimalText(amountMinor, decimals)).to.equal(expected);
    });
  }
});

describe('currencyDecimals', () => {
  it('follows ISO 4217, in any case', () => {
    expect(['usd', 'JPY', 'BHD', 'UYW', 'LBP', 'IQD', 'HUF'].map(currencyDecimals)).to.deep.equal([
      2, 0, 3, 4, 2, 3, 2,
    ]);
  });
});
