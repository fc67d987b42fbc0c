import { expect } from '@open-wc/testing';
import { daysOf } from './statement-days.ts';

describe('daysOf', () => {
  for (const [today, period, from, to] of [
    ['2026-11-23', 'this_month', '2026-11-01', '2026-11-23'],
    ['2026-11-23', 'last_month', '2026-10-01', '2026-10-31'],
    ['2026-01-31', 'last_month', '2025-12-01', '2025-12-31'],
    ['2028-03-31', 'last_month', '2028-02-01', '2028-02-29'],
    ['2026-11-23', 'this_year', '2026-01-01', '2026-11-23'],
    ['2026-11-23', 'last_year', '2025-01-01', '2025-12-31'],
  ] as const) {
    it(`${period} seen from ${today}`, () => expect(daysOf(period, today)).to.deep.equal({ from, to }));
  }
});
