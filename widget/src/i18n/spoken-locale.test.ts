import { expect } from '@open-wc/testing';
import { spokenLocale } from './spoken-locale.ts';

describe('spokenLocale', () => {
  for (const [locale, spoken] of [
    ['en', 'en'],
    ['en-GB', 'en-GB'],
    ['de-AT', 'en-AT'],
    ['ja', 'en-JP'],
    ['ar', 'en-EG'],
    ['ar-AE', 'en-AE'],
    ['zh-Hant', 'en-TW'],
  ] as const) {
    it(`speaks ${spoken} to a reader of ${locale}`, () => {
      expect(spokenLocale(locale)).to.equal(spoken);
    });
  }
});
