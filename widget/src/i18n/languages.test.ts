import { expect } from '@open-wc/testing';
import { languageOf, spokenLocale } from './languages.ts';

describe('languageOf', () => {
  for (const [locale, language] of [
    ['en', 'en'],
    ['es-MX', 'es'],
    ['pt-PT', 'pt'],
    ['zh-Hant-TW', 'zh'],
    ['hi-Latn-IN', 'hi-Latn'],
    ['ar-u-nu-latn', 'ar'],
  ] as const) {
    it(`is ${language} for ${locale}`, () => {
      expect(languageOf(locale)).to.equal(language);
    });
  }
});

describe('spokenLocale', () => {
  for (const [locale, language, spoken] of [
    ['en', 'en', 'en'],
    ['en-GB', 'en', 'en-GB'],
    ['de-AT', 'de', 'de-AT'],
    ['es-MX', 'es', 'es-MX'],
    ['zh-Hant', 'en', 'en-TW'],
    ['hi-Latn', 'en', 'en-IN'],
    ['ar-AE', 'en', 'en-AE'],
    ['en-IN', 'hi', 'hi-IN'],
    ['ja', 'de', 'de-JP'],
  ] as const) {
    it(`speaks ${spoken} to a reader of ${locale} who is shown ${language}`, () => {
      expect(spokenLocale(locale, language)).to.equal(spoken);
    });
  }
});
