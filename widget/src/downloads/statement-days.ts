/** Both days included, as `2026-11-23`. */
export interface Days {
  from: string;
  to: string;
}

export const periods = ['this_month', 'last_month', 'this_year', 'last_year'] as const;
export type PeriodName = (typeof periods)[number];

const dayOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The days of a period, seen from `today` (`2026-11-23`); what is still going on ends today. */
export function daysOf(period: PeriodName, today: string): Days {
  const [year = 0, month = 1] = today.split('-').map(Number);
  switch (period) {
    case 'this_month':
      return { from: dayOf(year, month - 1, 1), to: today };
    case 'last_month':
      return { from: dayOf(year, month - 2, 1), to: dayOf(year, month - 1, 0) };
    case 'this_year':
      return { from: dayOf(year, 0, 1), to: today };
    case 'last_year':
      return { from: dayOf(year - 1, 0, 1), to: dayOf(year, 0, 0) };
  }
}
