import { describe, expect, test } from 'vitest';
import type { InvoiceStatus } from '#contract/invoices.ts';
import { amountDueOf, settlementOf } from './settlement.ts';
import type { Sums } from './settlement.ts';

const now = '2026-11-23T12:00:00.000Z';
const earlier = '2026-11-20T12:00:00.000Z';

const sums = (values: Partial<Sums> = {}): Sums => ({
  total: 100,
  appliedBalance: 0,
  paid: 0,
  credited: 0,
  creditsReturned: 0,
  ...values,
});

describe('what is due', () => {
  test.each<[string, Partial<Sums>, number]>([
    ['nothing has happened', {}, 100],
    ['a part was paid', { paid: 40 }, 60],
    ['a part was credited', { credited: 40 }, 60],
    ["the customer's balance paid a part", { appliedBalance: 30 }, 70],
    ['all three came together', { appliedBalance: 30, paid: 30, credited: 40 }, 0],
    ['a credit was beyond what was due, and came back', { paid: 60, credited: 70, creditsReturned: 30 }, 0],
    ['the payment behind such a credit was taken back', { paid: 0, credited: 70, creditsReturned: 30 }, 60],
    ['the total is nothing', { total: 0 }, 0],
    ['more was paid than was due', { paid: 140 }, 0],
  ])('when %s', (_, values, due) => {
    expect(amountDueOf(sums(values))).toBe(due);
  });
});

describe('the status', () => {
  test.each<[InvoiceStatus, Partial<Sums>, InvoiceStatus, number]>([
    ['approved', {}, 'approved', 100],
    ['approved', { paid: 40 }, 'partially_paid', 60],
    ['approved', { appliedBalance: 40 }, 'partially_paid', 60],
    ['approved', { credited: 40 }, 'approved', 60],
    ['approved', { paid: 100 }, 'paid', 0],
    ['approved', { paid: 60, credited: 40 }, 'paid', 0],
    ['approved', { total: 0 }, 'paid', 0],
    ['approved', { credited: 100 }, 'void', 0],
    ['partially_paid', { paid: 100 }, 'paid', 0],
    ['partially_paid', { paid: 0 }, 'approved', 100],
    ['partially_paid', { paid: 60, credited: 100, creditsReturned: 60 }, 'void', 0],
    ['paid', { paid: 0 }, 'approved', 100],
    ['paid', { paid: 70 }, 'partially_paid', 30],
    ['paid', { paid: 100, credited: 100, creditsReturned: 100 }, 'void', 0],
    ['void', { credited: 100 }, 'void', 0],
    ['void', { total: 0 }, 'void', 0],
    ['draft', {}, 'draft', 100],
    ['draft', { total: 0 }, 'draft', 0],
    ['edited', { paid: 100 }, 'edited', 0],
    ['upcoming', {}, 'upcoming', 100],
    ['discarded', {}, 'discarded', 100],
  ])('of one that is %s, with %j, is %s with %d due', (status, values, settled, due) => {
    expect(settlementOf({ status, paid_at: null }, sums(values), now)).toMatchObject({
      status: settled,
      amount_due: due,
      paid_at: settled === 'paid' ? now : null,
    });
  });

  test('an invoice that stays paid keeps the moment at which it was', () => {
    expect(settlementOf({ status: 'paid', paid_at: earlier }, sums({ paid: 100 }), now).paid_at).toBe(earlier);
  });

  test('an invoice that is owed again is not paid any more', () => {
    expect(settlementOf({ status: 'paid', paid_at: earlier }, sums({ paid: 90 }), now).paid_at).toBeNull();
  });
});
