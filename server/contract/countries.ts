import { z } from 'zod';

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** What Intl has a name for and nobody has an address in: unions, and regions that are unknown or made up. */
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

const isCurrent = (code: string): boolean => new Intl.Locale('und', { region: code }).region === code;

const known = new Map<string, string | undefined>();

/** The English name of an ISO 3166-1 alpha-2 code; undefined for a code of no country, or of one that is no more. */
export const countryName = (code: string): string | undefined => {
  if (!/^[A-Z]{2}$/.test(code)) {
    return undefined;
  }
  if (!known.has(code)) {
    known.set(code, noCountries.has(code) || !isCurrent(code) ? undefined : countryNames.of(code));
  }
  return known.get(code);
};

/** ISO 3166-1 alpha-2, upper case, of a country that there is. */
export const CountryCode = z.string().refine((code) => countryName(code) !== undefined, 'Choose a country');

/** The same in a request of the merchant's, in any case. */
export const CountryCodeInput = z
  .string()
  .transform((text) => text.toUpperCase())
  .refine((code) => countryName(code) !== undefined, 'Expected an ISO 3166-1 alpha-2 country code');
