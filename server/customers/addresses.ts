import type { Address, AddressInput, MerchantAddressInput } from '#contract/addresses.ts';
import { countryName } from '#contract/countries.ts';
import type { AddressTable } from './customers.table.ts';

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

const nameOf = (code: string | null): string | null => (code === null ? null : (countryName(code) ?? null));

/** A country that was imported by name only keeps its name until a code is chosen. */
const countryOf = ({ country_code: code }: AddressInput, stored: AddressColumns | undefined): string | null =>
  code === null && stored?.country_code === null ? stored.country : nameOf(code);

/** An address of the profile form, which knows countries by their codes only. */
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

export const noAddress: AddressColumns = {
  line1: null,
  line2: null,
  line3: null,
  city: null,
  state: null,
  zip_code: null,
  country: null,
  country_code: null,
};

const part = (given: string | null | undefined, stored: string | null): string | null =>
  given === undefined ? stored : emptyAsNull(given);

/** An address with those of its parts changed that the merchant gives. */
export const patchedAddress = (stored: AddressColumns, input: MerchantAddressInput): AddressColumns => {
  const code = part(input.country_code, stored.country_code);
  const isNamed = input.country !== undefined || input.country_code !== undefined;
  return {
    line1: part(input.line1, stored.line1),
    line2: part(input.line2, stored.line2),
    line3: part(input.line3, stored.line3),
    city: part(input.city, stored.city),
    state: part(input.state, stored.state),
    zip_code: part(input.zipCode, stored.zip_code),
    country: isNamed ? (part(input.country, null) ?? nameOf(code)) : stored.country,
    country_code: code,
  };
};

/** An address that the merchant gives as a whole; null when all of it is empty. */
export const merchantAddressColumns = (input: MerchantAddressInput): AddressColumns | null => {
  const columns = patchedAddress(noAddress, input);
  return Object.values(columns).every((value) => value === null) ? null : columns;
};

export const isSameAddress = (one: AddressColumns, other: AddressColumns): boolean =>
  JSON.stringify(presentAddress(one)) === JSON.stringify(presentAddress(other));
