/** What the page says to a browser that runs no scripts, in each language of the portal. */
export const noScriptTexts = {
  en: 'This page needs JavaScript to show your invoices.',
  ar: 'تحتاج هذه الصفحة إلى JavaScript لعرض فواتيركم.',
  de: 'Diese Seite benötigt JavaScript, um Ihre Rechnungen anzuzeigen.',
  es: 'Esta página necesita JavaScript para mostrar sus facturas.',
  fr: 'Cette page a besoin de JavaScript pour afficher vos factures.',
  hi: 'आपके इनवॉइस दिखाने के लिए इस पृष्ठ को JavaScript चाहिए।',
  ja: '請求書を表示するには JavaScript が必要です。',
  pt: 'Esta página precisa de JavaScript para mostrar suas faturas.',
} as const;

export type PageLanguage = keyof typeof noScriptTexts;

export const pageLanguages = Object.keys(noScriptTexts) as PageLanguage[];

/** The locale that the page starts in: the session's, else of what the browser asks for, else English. */
export const pageLocale = (
  sessionLocale: string | null,
  preferred: PageLanguage | undefined,
): { lang: string; language: PageLanguage } => {
  const own = pageLanguages.find((language) => language === sessionLocale?.split('-')[0]);
  return own !== undefined && sessionLocale !== null
    ? { lang: sessionLocale, language: own }
    : { lang: preferred ?? 'en', language: preferred ?? 'en' };
};
