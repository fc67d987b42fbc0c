import { expect } from '@open-wc/testing';
import { formatDate, formatDateTime, formatPeriod, isoDay } from './date.ts';

const utc = { locale: 'en-GB', timeZone: 'UTC' };
const newYork = { locale: 'en-US', timeZone: 'America/New_York' };
const kolkata = { locale: 'en-GB', timeZone: 'Asia/Kolkata' };
const plain = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

describe('formatDate', () => {
  it('shows the day of the billing time zone, not of the browser', () => {
    const iso = '2026-11-23T00:00:00.000Z';
    expect([utc, newYork, kolkata].map((place) => formatDate(iso, place))).to.deep.equal([
      '23 Nov 2026',
      'Nov 22, 2026',
      '23 Nov 2026',
    ]);
  });
});

describe('formatDateTime', () => {
  it('names the time zone', () => {
    expect(plain(formatDateTime('2026-11-23T12:00:00.000Z', newYork))).to.equal(
      'Monday, November 23, 2026 at 7:00:00 AM EST',
    );
  });
});

describe('formatPeriod', () => {
  for (const [begin, end, place, expected] of [
    ['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', utc, '1–30 Nov 2026'],
    ['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', utc, '1 Jan – 31 Dec 2026'],
    ['2025-12-15T00:00:00.000Z', '2026-01-15T00:00:00.000Z', utc, '15 Dec 2025 – 14 Jan 2026'],
    ['2026-10-31T18:30:00.000Z', '2026-11-30T18:30:00.000Z', kolkata, '1–30 Nov 2026'],
    ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z', utc, '1 Nov 2026'],
    ['2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', utc, '1 Nov 2026'],
  ] as const) {
    it(`shows ${begin} to before ${end} in ${place.timeZone} as ${expected}`, () => {
      expect(plain(formatPeriod(begin, end, place)).replace(/ ?– ?/, '–')).to.equal(expected.replace(/ ?– ?/, '–'));
    });
  }
});

describe('isoDay', () => {
  it('is the calendar day of the time zone', () => {
    expect(isoDay(new Date('2026-11-23T23:30:00Z'), 'Asia/Kolkata')).to.equal('2026-11-24');
  });
});
