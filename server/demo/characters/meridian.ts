import { percentOf } from '../../money.ts';
import { startOf } from '../calendar.ts';
import { ach, card, check, transfer } from '../means.ts';
import { earlier, later } from '../settlement.ts';
import type { Character } from './character.ts';
import { giveBack } from './give-back.ts';
import { included } from './included.ts';

const dayMs = 24 * 3_600_000;
const meridianBank = transfer('First Harbor Bank');

export const meridian: Character = {
  key: 'meridian',
  name: 'Meridian Logistics Group',
  domain: 'meridian-logistics.example',
  place: 'newYork',
  note: 'More than 300 invoices over nine years, four contracts, every kind of entitlement',
  hasShippingAddress: true,
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Platform agreement',
        currency: 'USD',
        cadence: 'monthly',
        plan: 'business',
        seats: 48,
        startMonthsAgo: 107,
        growsEvery: 5,
        planChange: { monthsAgo: 31, plan: 'enterprise' },
        introductoryPercent: '20',
        terms: 30,
        hasUpcoming: true,
      },
      habit: { means: meridianBank, when: 'when_due', trouble: 0.12, isBundling: true },
    },
    {
      subscription: {
        key: 'usage',
        name: 'Usage, Americas',
        currency: 'USD',
        cadence: 'monthly',
        plan: null,
        seats: 0,
        startMonthsAgo: 107,
        meters: ['apiCalls', 'compute', 'transfer', 'storage'],
        usage: 3.2,
        terms: 14,
      },
      habit: { means: ach('First Harbor Bank', '6640'), when: 'at_once', trouble: 0.03 },
    },
    {
      subscription: {
        key: 'usage-europe',
        name: 'Usage, Europe',
        currency: 'USD',
        cadence: 'monthly',
        plan: null,
        seats: 0,
        startMonthsAgo: 96,
        meters: ['apiCalls', 'transfer'],
        usage: 1.4,
        terms: 14,
      },
      habit: { means: card('visa', '4242'), when: 'at_once', trouble: 0.05 },
    },
    {
      subscription: {
        key: 'support',
        name: 'Team plan with support, field offices',
        currency: 'USD',
        cadence: 'annual',
        plan: 'team',
        seats: 25,
        startMonthsAgo: 101,
        growsEvery: 12,
        hasSupport: true,
        discountPercent: '10',
        terms: 45,
      },
      habit: { means: check, when: 'when_due', trouble: 0.2 },
    },
  ],
  grants: [
    ...included,
    { entitlement: 'customDomain', quantity: 1, source: 'Grant', expires: 212 },
    { entitlement: 'environments', quantity: 40, used: 0, source: 'Contract' },
    { entitlement: 'projects', quantity: 250, used: 100, source: 'Contract' },
    { entitlement: 'apiCalls', quantity: 5_000_000, used: 4_250_000, isRenewing: true, source: 'Contract' },
    { entitlement: 'compute', quantity: 2_000, used: 2_000, isRenewing: true, source: 'Contract' },
    { entitlement: 'storage', quantity: null, used: 18_342.75, source: 'Product' },
    { entitlement: 'aiCredits', quantity: 12_500, used: 4_812.5, expires: 96, source: 'Invoice' },
    { entitlement: 'trainingCredits', quantity: 24, used: 0, from: 8, expires: 190, source: 'Grant' },
    { entitlement: 'trainingCredits', quantity: 16, used: 13.5, from: -420, expires: -55, source: 'Grant' },
    { entitlement: 'aiCredits', quantity: 10_000, used: 10_000, from: -460, expires: -95, source: 'Invoice' },
  ],
  story: (ledger, invoices, asOf) => {
    const paid = invoices.filter((invoice) => invoice.status === 'paid');
    giveBack(ledger, paid.at(-14), '12.5', 'Service credit for the outage of the Virginia region');
    giveBack(ledger, paid.at(-60), '100', 'Charged twice for the same month');
    giveBack(ledger, paid.at(-121), '40', 'Storage was metered twice');
    const open = invoices.findLast((invoice) => invoice.status === 'approved' && invoice.paid_amount === 0);
    if (open !== undefined) {
      const at = earlier(later(open.created_at, 6 * dayMs), startOf(asOf));
      ledger.credit(open, percentOf(open.invoice_total, '5'), at, 'Loyalty credit', 'invoice_adjusted');
    }
  },
};
