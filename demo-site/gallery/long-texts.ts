import { catalogues } from '../../widget/src/i18n/catalogues.ts';
import type { Message } from '../../widget/src/i18n/localize.ts';

const compound = 'Rechnungsbetragsfälligkeitsbenachrichtigungseinstellungen';
const accented: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ü', c: 'ç', n: 'ñ', y: 'ý' };

const changed = (message: Message, change: (text: string) => string): Message =>
  typeof message === 'string'
    ? change(message)
    : (Object.fromEntries(Object.entries(message).map(([category, text]) => [category, change(text)])) as Message);

const everyText = (change: (text: string) => string): Readonly<Record<string, Message>> =>
  Object.fromEntries(
    catalogues.flatMap((catalogue) => Object.entries(catalogue).map(([key, text]) => [key, changed(text, change)])),
  );

/** Every text four times as long, in a word that has no place to break. */
export const longTexts = (): Readonly<Record<string, Message>> =>
  everyText((text) => `${text}-${compound.repeat(4).slice(0, 3 * text.length)}`);

/** Every text in brackets, with accents, 40 % longer in words of ten: what is not from the catalogue stands out. */
export const pseudoTexts = (): Readonly<Record<string, Message>> =>
  everyText((text) => {
    const spelt = text.replace(/\{\w+\}|[a-z]/g, (part) => accented[part] ?? part);
    const longer = '~'.repeat(Math.ceil(text.length * 0.4)).replace(/~{10}(?=~)/g, '$& ');
    return `[${spelt}${longer}]`;
  });
