import { languageOf, languages, spokenLocale } from '../../../widget/src/i18n/languages.ts';
import { createLocalizer } from '../../../widget/src/i18n/localize.ts';
import type { Localizer, Texts } from '../../../widget/src/i18n/localize.ts';

const hostedLanguages: Readonly<Record<string, () => Promise<{ texts: Texts }>>> = {
  ar: () => import('./locales/ar.ts'),
  de: () => import('./locales/de.ts'),
  es: () => import('./locales/es.ts'),
  fr: () => import('./locales/fr.ts'),
  hi: () => import('./locales/hi.ts'),
  ja: () => import('./locales/ja.ts'),
  pt: () => import('./locales/pt.ts'),
};

/** The hosted page's own words for a reader of this locale, English ones when there are no others. */
export async function localizerFor(locale: string): Promise<Localizer> {
  const language = languageOf(locale);
  const found = await hostedLanguages[language]?.().catch(() => null);
  return createLocalizer(spokenLocale(locale, found ? language : 'en'), { texts: found?.texts ?? {} });
}

/** The page says the language and the direction that the portal in it has, now and whenever they change. */
export function followLanguage(portal: HTMLElement, onChange: (locale: string) => void = () => undefined): void {
  const inside = portal.shadowRoot?.querySelector<HTMLElement>('.portal');
  if (!inside) return;
  const follow = (): void => {
    document.documentElement.lang = inside.lang;
    document.documentElement.dir = inside.dir;
    onChange(inside.lang);
  };
  new MutationObserver(follow).observe(inside, { attributeFilter: ['lang', 'dir'] });
  follow();
}

const choiceKey = 'zenskar-language';

const isLanguage = (id: string): boolean => id === 'en' || Object.hasOwn(languages, id);

/** The language that the customer has chosen in this tab. */
export function rememberedLanguage(): string {
  try {
    const id = sessionStorage.getItem(choiceKey) ?? '';
    return isLanguage(id) ? id : '';
  } catch {
    return '';
  }
}

/** Remembers an entry of the account menu when it is a language. A browser that keeps nothing asks for it again. */
export function rememberLanguage(id: string): void {
  if (!isLanguage(id)) return;
  try {
    sessionStorage.setItem(choiceKey, id);
  } catch {
    // Nothing is kept then.
  }
}
