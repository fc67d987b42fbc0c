import { expect } from '@open-wc/testing';
import { formatQuantity } from './quantity.ts';

describe('formatQuantity', () => {
  for (const [value, locale, expected] of [
    [1204.5, 'en', '1,204.5'],
    [0.1 + 0.2, 'en', '0.3'],
    [12, 'en', '12'],
    [1204.5, 'de', '1.204,5'],
    [0.000001, 'en', '0.000001'],
  ] as const) {
    it(`writes ${value} in ${locale} as ${expected}`, () => {
      expect(formatQuantity(value, locale)).to.equal(expected);
    });
  }
});
