const formatters = new Map<string, Intl.NumberFormat>();

/** A quantity, fractions included, without trailing zeros: `1,204.5`. */
export function formatQuantity(value: number, locale: string): string {
  let formatter = formatters.get(locale);
  if (!formatter) formatters.set(locale, (formatter = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 })));
  return formatter.format(value);
}
