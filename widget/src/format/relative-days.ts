import { isoDay } from './date.ts';
import type { Place } from './date.ts';

const dayMs = 86_400_000;

/** Whole calendar days from one instant to another in a time zone; negative when `to` is earlier. */
export function daysBetween(fromIso: string, toIso: string, timeZone: string): number {
  const day = (iso: string): number => Date.parse(isoDay(new Date(iso), timeZone));
  return Math.round((day(toIso) - day(fromIso)) / dayMs);
}

/** `tomorrow`, `in 12 days`, `3 days ago`. */
export function formatRelativeDays(fromIso: string, toIso: string, { locale, timeZone }: Place): string {
  const days = daysBetween(fromIso, toIso, timeZone);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}
