/** Whose calendar and whose clock: a `ViewContext` is one. */
export interface Place {
  locale: string;
  timeZone: string;
}

const styles = {
  date: { dateStyle: 'medium' },
  dateTime: { dateStyle: 'full', timeStyle: 'long' },
  period: { day: 'numeric', month: 'short', year: 'numeric' },
  isoDay: { day: '2-digit', month: '2-digit', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `23 Nov 2026`, as the locale writes it. */
export function formatDate(iso: string, place: Place): string {
  return formatter('date', place).format(new Date(iso));
}

/** The full time with its zone, for tooltips. */
export function formatDateTime(iso: string, place: Place): string {
  return formatter('dateTime', place).format(new Date(iso));
}

const periods = new Map<string, string>();

/** A period whose end is exclusive on the wire, shown with its last day: `1 – 30 Nov 2026`. */
export function formatPeriod(beginIso: string, endExclusiveIso: string, place: Place): string {
  const key = [beginIso, endExclusiveIso, place.locale, place.timeZone].join();
  const known = periods.get(key);
  if (known) return known;
  const begin = new Date(beginIso);
  const last = new Date(Math.max(begin.getTime(), new Date(endExclusiveIso).getTime() - 1));
  // A range takes twenty times as long as a day.
  const text = formatter('period', place).formatRange(begin, last);
  periods.set(key, text);
  return text;
}

/** The calendar day in the place's time zone as `2026-11-23`. */
export function isoDay(instant: Date, timeZone: string): string {
  return formatter('isoDay', { locale: 'sv', timeZone }).format(instant);
}

function formatter(style: keyof typeof styles, { locale, timeZone }: Place): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${timeZone}`;
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone })));
  return found;
}
