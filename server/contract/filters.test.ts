import { describe, expect, it } from 'vitest';
import { merchantListQuery } from './filters.ts';

const Query = merchantListQuery({
  fields: { due_date: 'moment' },
  orders: ['due_date'],
  order: 'due_date',
  extra: {},
});

describe('a filter by time', () => {
  it.each([
    [{ due_date__lte: '2026-11-30' }, [{ operator: 'lt', value: '2026-12-01T00:00:00.000Z' }]],
    [{ due_date__gt: '2026-11-30' }, [{ operator: 'gte', value: '2026-12-01T00:00:00.000Z' }]],
    [{ due_date__gte: '2026-11-30T02:00:00+02:00' }, [{ operator: 'gte', value: '2026-11-30T00:00:00.000Z' }]],
    [{ due_date__lte: '9999-12-31' }, [{ operator: 'lt', value: '9999-12-31T23:59:59.999Z' }]],
    [{ due_date__lt: '9999-12-31T23:59:59-14:00' }, [{ operator: 'lt', value: '9999-12-31T23:59:59.999Z' }]],
  ])('%j', (given, conditions) => {
    expect(Query.parse(given).conditions).toMatchObject(conditions);
  });
});
