import { startOf } from '../calendar.ts';
import { card } from '../means.ts';
import { earlier, later } from '../settlement.ts';
import type { Character } from './character.ts';
import { giveBack } from './give-back.ts';
import { included } from './included.ts';

const dayMs = 24 * 3_600_000;

export const fernhill: Character = {
  key: 'fernhill',
  name: 'Fernhill Studio',
  domain: 'fernhill.example',
  place: 'leeds',
  note: 'Refunds full and partial, credit notes, a voided invoice',
  timeZone: 'Europe/London',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Team plan',
        currency: 'GBP',
        cadence: 'monthly',
        plan: 'team',
        seats: 9,
        startMonthsAgo: 15,
        meters: ['transfer'],
        usage: 0.3,
        introductoryPercent: '50',
        terms: 14,
      },
      habit: { means: card('amex', '1005'), when: 'at_once', trouble: 0.1, unpaid: 1 },
    },
  ],
  grants: [...included, { entitlement: 'projects', quantity: 10, used: 4, source: 'Contract' }],
  story: (ledger, invoices, asOf) => {
    const paid = invoices.filter((invoice) => invoice.status === 'paid');
    giveBack(ledger, paid.at(-2), '25', 'Three of nine seats were never used');
    giveBack(ledger, paid.at(-5), '100', 'Charged after the trial was cancelled');
    giveBack(ledger, paid.at(-8), '10', 'Late delivery of the onboarding');
    const unpaid = invoices.at(-1);
    if (unpaid !== undefined) {
      const at = earlier(later(unpaid.created_at, dayMs), startOf(asOf));
      ledger.credit(unpaid, unpaid.amount_due, at, 'Made in error', 'invoice_adjusted');
    }
  },
};
