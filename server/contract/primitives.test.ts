import { describe, expect, it } from 'vitest';
import { CustomData, Id, lineOf, Moment, textOf } from './primitives.ts';

describe('Id', () => {
  it('is the same id in capitals', () => {
    expect(Id.parse('01A20945-9D2C-7100-B518-55F1E41DDF82')).toBe('01a20945-9d2c-7100-b518-55f1e41ddf82');
  });

  it('is nothing but a UUID', () => {
    expect(Id.safeParse('01a20945').success).toBe(false);
  });
});

describe('Moment', () => {
  it.each([
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T10:00:00', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00+05:30', '2026-11-23T04:30:00.000Z'],
    ['2026-11-23T10:00:00.123456Z', '2026-11-23T10:00:00.123Z'],
    ['9999-12-31', '9999-12-31T00:00:00.000Z'],
  ])('reads %s as %s', (text, moment) => {
    expect(Moment.parse(text)).toBe(moment);
  });

  it.each([
    ['a day that there is not', '2026-02-30'],
    ['a year of five digits', '+012026-01-01T00:00:00Z'],
    ['what is a year of five digits in UTC', '9999-12-31T23:59:59-14:00'],
    ['what is a year before all in UTC', '0000-01-01T00:00:00+14:00'],
    ['a time of day alone', '10:00'],
  ])('refuses %s', (_, text) => {
    expect(Moment.safeParse(text).success).toBe(false);
  });
});

describe('CustomData', () => {
  const nested = (levels: number): Record<string, unknown> =>
    JSON.parse(`{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}`) as Record<string, unknown>;

  it.each([
    [50, true],
    [51, false],
    [5_000, false],
    [100_000, false],
  ])('%d levels below a name: %s', (levels, isTaken) => {
    expect(CustomData.safeParse(nested(levels)).success).toBe(isTaken);
  });

  it('keeps what it is given', () => {
    const data = { segment: 'vip', seats: [1, null, { open: true }], share: 0.25 };
    expect(CustomData.parse(data)).toEqual(data);
  });
});

describe('lineOf and textOf', () => {
  it.each([
    ["O'Brien & Co", true, true],
    ['شركة النور', true, true],
    ['party \u{1f389}', true, true],
    ['two\nlines', false, true],
    ['tab\tbed', false, true],
    ['NUL\u0000', false, false],
    ['half a pair \ud83c', false, false],
    ['\udf89 the other half', false, false],
  ])('%j', (text, isLine, isText) => {
    expect([lineOf(50).safeParse(text).success, textOf(50).safeParse(text).success]).toEqual([isLine, isText]);
  });
});
