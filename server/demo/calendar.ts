import { rangeStart } from '../customers/billing-day.ts';

const minuteMs = 60_000;

/** Northwind Cloud's; customers may have their own. Days are `YYYY-MM-DD`, moments as they are stored. */
export const billingTimeZone = 'America/New_York';

export const startOf = (day: string, timeZone: string = billingTimeZone): string => rangeStart(day, timeZone);

export const moment = (day: string, minutesAfterMidnight: number, timeZone: string = billingTimeZone): string =>
  new Date(Date.parse(startOf(day, timeZone)) + minutesAfterMidnight * minuteMs).toISOString();

export const addDays = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** The day of the month must be one that every month has. */
export const addMonths = (day: string, months: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
};

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * 60 * minuteMs));

/** The day that a clock on the wall of the billing time zone shows. */
export const dayOf = (epochMs: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: billingTimeZone, dateStyle: 'short' }).format(epochMs);

/** For people: `14 Mar`. */
export const shortDay = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
    new Date(`${day}T00:00:00Z`),
  );
