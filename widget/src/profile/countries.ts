/** What Intl names although ISO 3166-1 has no such country: unions, codes reserved, given up, and for tests. */
const noCountries = 'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ';
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string;
  name: string;
}

/** The name of a country in the locale's language; the code itself where Intl knows none. */
export function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All countries, in the order of the locale. Firefox names more codes that have been given up; they lead to others. */
export function listCountries(locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const { compare } = new Intl.Collator(locale);
  return letters
    .flatMap((first) => letters.map((second) => ({ code: first + second, name: names.of(first + second) ?? '' })))
    .filter(({ code, name }) => name && !noCountries.includes(code) && new Intl.Locale(`und-${code}`).region === code)
    .sort((a, b) => compare(a.name, b.name));
}
