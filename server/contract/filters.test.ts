import { describe, expect, it } from 'vitest';
import { merchantListQuery } from './filters.ts';

const Query = merchantListQuery({
  fields: { due_date: 'moment', external_id: 'text' },
  orders: ['due_date'],
  order: 'due_date',
  extra: {},
});

describe('a filter by time', () => {
  it.each([
    [{ due_date: '2026-11-30' }, { operator: 'eq', value: { day: '2026-11-30' } }],
    [{ due_date__lte: '9999-12-31' }, { operator: 'lte', value: { day: '9999-12-31' } }],
    [{ due_date__gt: '2026-11-30T12:00:00' }, { operator: 'gt', value: '2026-11-30T12:00:00.000Z' }],
    [{ due_date__gte: '2026-11-30T02:00:00+02:00' }, { operator: 'gte', value: '2026-11-30T00:00:00.000Z' }],
    [{ due_date__isnull: 'true' }, { operator: 'isnull', value: true }],
  ])('%j', (given, condition) => {
    expect(Query.parse(given).conditions).toEqual([{ field: 'due_date', ...condition }]);
  });

  it.each(['2026-02-30', '9999-12-31T23:59:59-14:00', 'yesterday'])('refuses %s', (due_date__lt) => {
    expect(Query.safeParse({ due_date__lt }).success).toBe(false);
  });
});

describe('a filter by text', () => {
  it('takes what looks like a day as the text that it is', () => {
    const [condition] = Query.parse({ external_id: '2026-11-30' }).conditions;
    expect(condition).toEqual({ field: 'external_id', operator: 'eq', value: '2026-11-30' });
  });
});
