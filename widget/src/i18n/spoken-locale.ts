/** Languages that the portal has all its texts in. */
const languages = ['en'];

/**
 * The locale for numbers and dates: of the language that the texts are in, with the reader's region. Half a page in
 * another language reads badly, and dates of a right-to-left language fall apart among left-to-right words.
 */
export function spokenLocale(locale: string): string {
  const [language = ''] = locale.split('-');
  return languages.includes(language) ? locale : `en-${new Intl.Locale(locale).maximize().region ?? '001'}`;
}
