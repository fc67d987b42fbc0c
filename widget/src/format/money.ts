const decimalsByCurrency = new Map<string, number>();
for (const [decimals, currencies] of [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
] as const) {
  for (const currency of currencies.split(' ')) decimalsByCurrency.set(currency, decimals);
}

const formatters = new Map<string, Intl.NumberFormat | undefined>();

/**
 * Decimals of a currency's minor unit by ISO 4217. Not taken from Intl: CLDR shows RSD, LBP and others without decimals
 * although their minor units exist, which would read an amount a hundred times too large.
 */
export function currencyDecimals(currency: string): number {
  return decimalsByCurrency.get(currency.toUpperCase()) ?? 2;
}

/** The exact decimal text of an amount in minor units: `(-1205, 2)` is `-12.05`. */
export function decimalText(amountMinor: number, decimals: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals ? `${whole}.${digits.slice(-decimals)}` : whole;
  return amountMinor < 0 ? `-${text}` : text;
}

/**
 * Money for people. The amount goes to Intl as decimal text, never as a float. A code that is not a currency is written
 * behind the amount: `12.00 CREDITS`.
 */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const decimals = currencyDecimals(currency);
  const text = decimalText(amountMinor, decimals) as `${number}`;
  const written = moneyFormatter(currency, decimals, locale)?.format(text) ?? `${text} ${currency}`;
  return keptTogether(written);
}

/** Right to left "US$" stands behind the amount. Unmarked, its $ would go to the other side and take on what follows. */
export const keptTogether = (written: string): string =>
  written.startsWith('\u200f') ? `\u2067${written}\u200e\u2069` : written;

function moneyFormatter(currency: string, decimals: number, locale: string): Intl.NumberFormat | undefined {
  const key = `${locale} ${currency}`;
  if (!formatters.has(key)) {
    const isCurrencyCode = /^[a-z]{3}$/i.test(currency);
    formatters.set(
      key,
      isCurrencyCode
        ? new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            minimumFractionDigits: decimals,
            maximumFractionDigits: decimals,
          })
        : undefined,
    );
  }
  return formatters.get(key);
}
