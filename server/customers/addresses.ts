import type { Address, AddressInput } from '#contract/addresses.ts';
import type { AddressTable } from './customers.table.ts';

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** What Intl has a name for and nobody has an address in: unions, and regions that are unknown or made up. */
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

const isCurrent = (code: string): boolean => new Intl.Locale('und', { region: code }).region === code;

/** The English name of an ISO 3166-1 alpha-2 code; undefined for a code of no country, or of one that is no more. */
export const countryName = (code: string): string | undefined =>
  noCountries.has(code) || !isCurrent(code) ? undefined : countryNames.of(code);

export type AddressColumns = Pick<
  AddressTable,
  'line1' | 'line2' | 'line3' | 'city' | 'state' | 'zip_code' | 'country' | 'country_code'
>;

export const presentAddress = (row: AddressColumns): Address => ({
  line1: row.line1,
  line2: row.line2,
  line3: row.line3,
  city: row.city,
  state: row.state,
  zipCode: row.zip_code,
  country: row.country,
  country_code: row.country_code,
});

const emptyAsNull = (text: string | null): string | null => (text === '' ? null : text);

/** A country that was imported by name only keeps its name until a code is chosen. */
const countryOf = ({ country_code: code }: AddressInput, stored: AddressColumns | undefined): string | null => {
  if (code !== null) {
    return countryName(code) ?? null;
  }
  return stored?.country_code === null ? stored.country : null;
};

export const addressColumns = (input: AddressInput, stored: AddressColumns | undefined): AddressColumns => ({
  line1: input.line1,
  line2: emptyAsNull(input.line2),
  line3: emptyAsNull(input.line3),
  city: emptyAsNull(input.city),
  state: emptyAsNull(input.state),
  zip_code: emptyAsNull(input.zipCode),
  country: countryOf(input, stored),
  country_code: input.country_code,
});

export const isSameAddress = (one: AddressColumns, other: AddressColumns): boolean =>
  JSON.stringify(presentAddress(one)) === JSON.stringify(presentAddress(other));
