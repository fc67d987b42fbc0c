import { expect } from '@open-wc/testing';
import { formatUnitPrice } from './unit-price.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatUnitPrice', () => {
  for (const [decimal, currency, locale, expected] of [
    ['0.0025', 'USD', 'en-US', '$0.0025'],
    ['20', 'EUR', 'de', '20,00 €'],
    ['1204.5', 'USD', 'ar-u-nu-latn', '\u2067\u200f1,204.50 US$\u200e\u2069'],
  ] as const) {
    it(`writes ${decimal} ${currency} in ${locale}`, () => {
      expect(plain(formatUnitPrice(decimal, currency, locale))).to.equal(expected);
    });
  }
});
