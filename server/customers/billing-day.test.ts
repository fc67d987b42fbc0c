import { describe, expect, it } from 'vitest';
import {
  billingDaysBetween,
  conditionsIn,
  momentIn,
  rangeEndExclusive,
  rangeStart,
  startOfBillingDay,
} from './billing-day.ts';

describe('a whole day as a range', () => {
  it.each([
    ['UTC', '2026-11-23', '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['America/New_York', '2026-11-23', '2026-11-23T05:00:00.000Z', '2026-11-24T05:00:00.000Z'],
    ['America/New_York, clocks forward', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['America/New_York, clocks back', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-23', '2026-11-22T18:30:00.000Z', '2026-11-23T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23', '2026-11-22T10:00:00.000Z', '2026-11-23T10:00:00.000Z'],
    ['Pacific/Niue', '2026-11-23', '2026-11-23T11:00:00.000Z', '2026-11-24T11:00:00.000Z'],
    ['America/Sao_Paulo, midnight skipped', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
    ['America/Havana, midnight twice', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['Pacific/Apia, before the skipped day', '2011-12-29', '2011-12-29T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia, the skipped day', '2011-12-30', '2011-12-30T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
  ])('%s %s', (name, day, from, before) => {
    const timeZone = name.split(',')[0] ?? '';
    expect(rangeStart(day, timeZone)).toBe(from);
    expect(rangeEndExclusive(day, timeZone)).toBe(before);
  });

  it('keeps the ends of the calendar comparable as text', () => {
    expect(rangeEndExclusive('9999-12-31', 'America/New_York')).toBe('9999-12-31T23:59:59.999Z');
    expect(rangeStart('0001-01-01', 'Asia/Kolkata')).toBe('0001-01-01T00:00:00.000Z');
  });
});

describe('a moment as a range', () => {
  it('is normalized to UTC, whatever the zone', () => {
    expect(rangeStart('2026-11-23T10:00:00+02:00', 'America/New_York')).toBe('2026-11-23T08:00:00.000Z');
  });

  it('includes itself as the upper end', () => {
    expect(rangeEndExclusive('2026-11-23T08:00:00Z', 'UTC')).toBe('2026-11-23T08:00:00.001Z');
  });
});

describe('the day of a moment', () => {
  it.each([
    ['UTC', '2026-11-23T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
    ['UTC', '2026-11-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['America/New_York', '2026-11-23T04:59:59.999Z', '2026-11-22T05:00:00.000Z'],
    ['America/New_York', '2026-11-23T05:00:00.000Z', '2026-11-23T05:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04T12:00:00.000Z', '2018-11-04T03:00:00.000Z'],
  ])('%s %s', (timeZone, moment, start) => {
    expect(startOfBillingDay(Date.parse(moment), timeZone)).toBe(start);
  });
});

describe('days between', () => {
  it.each([
    ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z', 1],
    ['UTC', '2026-11-23T00:00:00.000Z', '2026-11-23T23:59:59.999Z', 0],
    ['America/New_York', '2026-03-07T12:00:00.000Z', '2026-03-09T04:30:00.000Z', 2],
    ['America/New_York', '2026-10-31T12:00:00.000Z', '2026-11-02T04:30:00.000Z', 1],
    ['UTC', '2024-02-28T00:00:00.000Z', '2024-03-01T00:00:00.000Z', 2],
  ])('%s from %s to %s', (timeZone, earlier, later, days) => {
    expect(billingDaysBetween(earlier, Date.parse(later), timeZone)).toBe(days);
  });
});

describe('a moment of a request', () => {
  it.each([
    ['UTC', { day: '2026-11-13' }, '2026-11-13T00:00:00.000Z'],
    ['America/New_York', { day: '2026-11-13' }, '2026-11-13T05:00:00.000Z'],
    ['America/New_York', { day: '2026-07-13' }, '2026-07-13T04:00:00.000Z'],
    ['Asia/Tokyo', { day: '2026-11-13' }, '2026-11-12T15:00:00.000Z'],
    ['Asia/Tokyo', '2026-11-13T00:00:00.000Z', '2026-11-13T00:00:00.000Z'],
  ])('in %s %j is %s', (timeZone, moment, expected) => {
    expect(momentIn(moment, timeZone)).toBe(expected);
  });

  it('is told from others, however many days were asked for before', () => {
    const firstMs = Date.parse('2020-01-01T00:00:00.000Z');
    for (let index = 0; index < 2_500; index += 1) {
      const day = new Date(firstMs + index * 86_400_000).toISOString().slice(0, 10);
      expect(momentIn({ day }, 'Asia/Tokyo')).toBe(rangeStart(day, 'Asia/Tokyo'));
      expect(momentIn({ day }, 'Asia/Kolkata')).toBe(rangeStart(day, 'Asia/Kolkata'));
    }
  });
});

describe('a day in a filter', () => {
  const [start, end] = ['2026-11-13T05:00:00.000Z', '2026-11-14T05:00:00.000Z'];

  it.each([
    ['eq', [`gte ${start}`, `lt ${end}`]],
    ['gt', [`gte ${end}`]],
    ['gte', [`gte ${start}`]],
    ['lt', [`lt ${start}`]],
    ['lte', [`lt ${end}`]],
  ] as const)('%s', (operator, expected) => {
    const conditions = conditionsIn({ field: 'due_date', operator, value: { day: '2026-11-13' } }, 'America/New_York');
    expect(conditions.map((condition) => `${condition.operator} ${String(condition.value)}`)).toEqual(expected);
  });

  it.each(['2026-11-13', 7, true, ['2026-11-13']])('leaves %j as it is', (value) => {
    const condition = { field: 'external_id', operator: 'eq', value } as const;
    expect(conditionsIn(condition, 'America/New_York')).toEqual([condition]);
  });
});
