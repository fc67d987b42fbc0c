import { currencyDecimals, keptTogether } from './money.ts';

const formatters = new Map<string, Intl.NumberFormat>();

/** A price in major units, given as exact decimal text, with as many decimals as it has: `$0.0025`. */
export function formatUnitPrice(decimal: string, currency: string, locale: string): string {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: currencyDecimals(currency),
      maximumFractionDigits: 12,
    });
    formatters.set(key, formatter);
  }
  return keptTogether(formatter.format(decimal as `${number}`));
}
