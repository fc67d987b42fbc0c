import { expect } from '@open-wc/testing';
import { daysBetween, formatRelativeDays } from './relative-days.ts';

describe('daysBetween', () => {
  for (const [from, to, timeZone, expected] of [
    ['2026-11-23T23:59:00.000Z', '2026-11-24T00:01:00.000Z', 'UTC', 1],
    ['2026-11-23T23:59:00.000Z', '2026-11-24T00:01:00.000Z', 'America/New_York', 0],
    ['2026-03-28T12:00:00.000Z', '2026-03-30T12:00:00.000Z', 'Europe/Berlin', 2],
    ['2026-11-23T12:00:00.000Z', '2026-11-11T12:00:00.000Z', 'UTC', -12],
  ] as const) {
    it(`counts ${expected} from ${from} to ${to} in ${timeZone}`, () => {
      expect(daysBetween(from, to, timeZone)).to.equal(expected);
    });
  }
});

describe('formatRelativeDays', () => {
  it('speaks of neighbouring days by name', () => {
    const words = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-12-05'].map((day) =>
      formatRelativeDays('2026-11-23T12:00:00.000Z', `${day}T12:00:00.000Z`, { locale: 'en', timeZone: 'UTC' }),
    );
    expect(words).to.deep.equal(['yesterday', 'today', 'tomorrow', 'in 12 days']);
  });
});
