import { percentOf } from '../../money.ts';
import { startOf } from '../calendar.ts';
import { card, transfer } from '../means.ts';
import { declined, later } from '../settlement.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

const dayMs = 24 * 3_600_000;
const halvorsenCard = card('mastercard', '4444');

export const halvorsen: Character = {
  key: 'halvorsen',
  name: 'Halvorsen & Pike',
  domain: 'halvorsen-pike.example',
  place: 'austin',
  note: 'In arrears: overdue and partially paid invoices, declined charges',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Business plan',
        currency: 'USD',
        cadence: 'monthly',
        plan: 'business',
        seats: 18,
        startMonthsAgo: 22,
        growsEvery: 7,
        meters: ['apiCalls', 'storage'],
        usage: 0.6,
        terms: 14,
        hasUpcoming: true,
      },
      habit: { means: halvorsenCard, when: 'at_once', trouble: 0.1, unpaid: 5 },
    },
  ],
  grants: [
    ...included,
    { entitlement: 'apiCalls', quantity: 1_000_000, used: 1_000_000, isRenewing: true, source: 'Contract' },
    { entitlement: 'projects', quantity: 20, used: 17, source: 'Contract' },
  ],
  story: (ledger, invoices, asOf) => {
    const open = invoices.filter((invoice) => invoice.status === 'approved');
    open.forEach((invoice, index) => {
      for (const days of [0, 3, 7]) {
        const at = later(invoice.created_at, days * dayMs + 3_600_000);
        if (at <= startOf(asOf)) {
          ledger.fail(invoice, at, halvorsenCard, declined[index < 2 ? 0 : 1]);
        }
      }
    });
    const second = open[1];
    if (second !== undefined) {
      const amount = percentOf(second.invoice_total, '35');
      ledger.pay([{ invoice: second, amount }], later(second.created_at, 19 * dayMs), transfer('Lone Star Savings'));
    }
  },
};
