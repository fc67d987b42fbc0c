import type { Ageing } from './statement.ts';

/** What the closing balance is made of. */
export const ageWords: Record<keyof Ageing, string> = {
  current: 'Not due yet',
  days1To30: 'Overdue by 1 to 30 days',
  days31To60: 'Overdue by 31 to 60 days',
  days61To90: 'Overdue by 61 to 90 days',
  daysOver90: 'Overdue by more than 90 days',
  unallocated: 'Received and not applied to an invoice',
};
