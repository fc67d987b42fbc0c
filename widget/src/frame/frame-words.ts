interface Words {
  title: string;
  failed: string;
  retry: string;
}

/** By language, what the element says itself, where no portal can say it. */
const words: Readonly<Record<string, Words>> = {
  en: { title: 'Billing portal', failed: 'The billing portal could not be opened.', retry: 'Try again' },
  es: {
    title: 'Portal de facturación',
    failed: 'No se ha podido abrir el portal de facturación.',
    retry: 'Reintentar',
  },
  fr: {
    title: 'Portail de facturation',
    failed: 'Le portail de facturation n’a pas pu être ouvert.',
    retry: 'Réessayer',
  },
  de: {
    title: 'Abrechnungsportal',
    failed: 'Das Abrechnungsportal konnte nicht geöffnet werden.',
    retry: 'Erneut versuchen',
  },
  pt: {
    title: 'Portal de faturamento',
    failed: 'Não foi possível abrir o portal de faturamento.',
    retry: 'Tentar novamente',
  },
  ja: { title: '請求ポータル', failed: '請求ポータルを開けませんでした。', retry: '再試行' },
  ar: { title: 'بوابة الفوترة', failed: 'تعذّر فتح بوابة الفوترة.', retry: 'إعادة المحاولة' },
  hi: { title: 'बिलिंग पोर्टल', failed: 'बिलिंग पोर्टल नहीं खुल सका।', retry: 'फिर से कोशिश करें' },
};

const languageOf = (tag: string): string => tag.slice(0, 2).toLowerCase();

/** In the language of the element, or of the page around it, as far as there are words for it. */
export const wordsFor = (element: HTMLElement & { locale: string }): Words & { lang: string } => {
  const page = element.closest<HTMLElement>('[lang]')?.lang ?? '';
  const tags = [element.locale, page, navigator.language].filter((tag) => tag !== '');
  const lang = tags.map(languageOf).find((language) => Object.hasOwn(words, language)) ?? 'en';
  return { lang, ...(words[lang] as Words) };
};
