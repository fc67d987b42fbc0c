import { expect } from '@open-wc/testing';
import { catalogues } from './catalogues.ts';
import { languages } from './languages.ts';
import type { Message, Texts } from './localize.ts';

const english: Readonly<Record<string, Message>> = Object.assign({}, ...catalogues);

/** Words that are the same in the other language, and names. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  all: ['Amazon Pay', 'PayPal', 'UPI', 'PDF', 'CSV', '{label}: {value}', '{quantity} {unit}'],
  de: ['Status', 'Name', 'optional', 'Format'],
  fr: ['Pages', 'Actions', 'Total', 'Date', 'Type', 'Contact', 'E-mail', 'Format'],
  es: ['Total', 'Subtotal'],
  pt: ['Status', 'Item', 'Total', 'Subtotal', 'E-mail'],
};

const variants = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

const keyed = (texts: Texts): Record<string, Message> =>
  Object.fromEntries(
    catalogues.flatMap((catalogue) => {
      const keys = Object.keys(catalogue);
      return keys.map((key, index) => [key, texts[keys[0] ?? '']?.[index] ?? '']);
    }),
  );

it('has no key in two catalogues', () => {
  expect(Object.keys(english)).to.have.length(catalogues.flatMap((catalogue) => Object.keys(catalogue)).length);
});

for (const [language, load] of Object.entries(languages)) {
  describe(`texts in ${language}`, () => {
    let texts: Record<string, Message> = {};

    before(async () => {
      texts = keyed((await load()).texts);
    });

    it('say something for every key, with the parameters of the English text', () => {
      for (const [key, message] of Object.entries(english)) {
        const own = texts[key] ?? '';
        const expected = placeholders(variants(message).at(-1) ?? '');
        for (const text of variants(own)) {
          expect(text !== '' && text === text.trim(), key).to.equal(true);
          const isCounted = typeof own !== 'string' && text !== own.other && !text.includes('{count}');
          expect(placeholders(text), key).to.deep.equal(
            isCounted ? expected.filter((name) => name !== '{count}') : expected,
          );
        }
      }
    });

    it('have the plural categories of the language, no more and no fewer', () => {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
      for (const [key, message] of Object.entries(texts)) {
        if (typeof english[key] === 'string') expect(message, key).to.be.a('string');
        else expect(Object.keys(message).sort(), key).to.deep.equal(categories);
      }
    });

    it('are in that language', () => {
      const same = [...(sameAsEnglish['all'] ?? []), ...(sameAsEnglish[language] ?? [])];
      const untranslated = Object.keys(english).filter(
        (key) => JSON.stringify(texts[key]) === JSON.stringify(english[key]) && !same.includes(String(english[key])),
      );
      expect(untranslated).to.deep.equal([]);
    });
  });
}
