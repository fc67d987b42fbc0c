import type { Texts } from './localize.ts';

/** The languages besides English, each loaded when it is first wanted. */
export const languages: Readonly<Record<string, () => Promise<{ texts: Texts }>>> = {
  ar: () => import('./locales/ar.ts'),
  de: () => import('./locales/de.ts'),
  es: () => import('./locales/es.ts'),
  fr: () => import('./locales/fr.ts'),
  hi: () => import('./locales/hi.ts'),
  ja: () => import('./locales/ja.ts'),
  pt: () => import('./locales/pt.ts'),
};

/** The language of a locale: `de` of `de-AT`. `hi-Latn` is one of its own. */
export const languageOf = (locale: string): string => locale.replace(/-(?!Latn).*/, '');

/**
 * The locale for numbers and dates: of the `language` that the texts are in, with the reader's region. Half a page in
 * another language reads badly, and dates of a right-to-left language fall apart among left-to-right words.
 */
export const spokenLocale = (locale: string, language: string): string =>
  languageOf(locale) === language ? locale : `${language}-${new Intl.Locale(locale).maximize().region ?? '001'}`;
