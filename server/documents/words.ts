import type { Address } from '#contract/addresses.ts';
import type { Period } from '#contract/primitives.ts';
import type { TaxInfo } from '#contract/profile.ts';
import { countryName } from '#contract/countries.ts';
import { currencyDecimals, isCurrency } from '../money.ts';

/** Documents are written in English for now. */
const locale = 'en';

const moneyFormats = new Map<string, Intl.NumberFormat>();

const moneyFormat = (currency: string, most: number | undefined): Intl.NumberFormat => {
  const key = `${currency} ${most}`;
  const known = moneyFormats.get(key);
  if (known !== undefined) {
    return known;
  }
  const decimals = currencyDecimals(currency);
  const format = new Intl.NumberFormat(locale, {
    ...(isCurrency(currency) ? { style: 'currency', currency } : {}),
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, most ?? decimals),
  });
  moneyFormats.set(key, format);
  return format;
};

/** An amount in minor units: `$1,204.50`, `¥1,205`, `KWD 1.205`. */
export const money = (amountMinor: number, currency: string): string =>
  moneyFormat(currency, undefined).format(`${amountMinor}E-${currencyDecimals(currency)}` as `${number}`);

/** The same with the currency's code, where the sign alone may stand for several currencies. */
export const moneyWithCode = (amountMinor: number, currency: string): string => {
  const text = money(amountMinor, currency);
  return text.includes(currency) ? text : `${text} ${currency}`;
};

/** A price in major units, as exact decimal text, with as many decimals as it has: `$0.0025`. */
export const unitPrice = (decimal: string, currency: string): string =>
  moneyFormat(currency, 12).format(decimal as `${number}`);

const quantities = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });

export const quantity = (value: number, unit: string | null): string =>
  unit === null ? quantities.format(value) : `${quantities.format(value)} ${unit}`;

/** Of a rate in percent: `8.25%`. */
export const percent = (rate: string): string => percents.format(`${rate}E-2` as `${number}`);

const dayFormats = new Map<string, Intl.DateTimeFormat>();

const dayFormat = (timeZone: string): Intl.DateTimeFormat => {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
    dayFormats.set(timeZone, format);
  }
  return format;
};

/** The day in a time zone: `Nov 23, 2026`. */
export const day = (moment: string, timeZone: string): string => dayFormat(timeZone).format(new Date(moment));

/** The same of a bare day, `2026-11-23`. */
export const bareDay = (text: string): string => day(text, 'UTC');

/** A period by its first and its last day. */
export const period = ({ begin_date: begin, end_date_exclusive: end }: Period, timeZone: string): string => {
  const first = new Date(begin);
  const last = new Date(Math.max(first.getTime(), new Date(end).getTime() - 1));
  return dayFormat(timeZone).formatRange(first, last);
};

/** `EU VAT DE123456789` */
export const taxId = ({ tax_code: code, tax_id: id }: TaxInfo): string =>
  `${code.replaceAll('_', ' ').toUpperCase()} ${id}`;

/** As it stands on an envelope. */
export const addressLines = (address: Address): string[] => {
  const country =
    address.country ??
    (address.country_code === null ? null : (countryName(address.country_code) ?? address.country_code));
  const place = [address.city, address.state, address.zipCode].filter(Boolean).join(', ');
  return [address.line1, address.line2, address.line3, place, country].filter((line): line is string => Boolean(line));
};
