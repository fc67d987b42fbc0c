import { transfer } from '../means.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

export const gulfPearl: Character = {
  key: 'gulf-pearl',
  name: 'Gulf Pearl Trading W.L.L.',
  domain: 'gulf-pearl.example',
  place: 'kuwait',
  note: 'Kuwaiti dinar: three decimals',
  timeZone: 'Asia/Kuwait',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Enterprise plan',
        currency: 'KWD',
        cadence: 'monthly',
        plan: 'enterprise',
        seats: 14,
        startMonthsAgo: 17,
        meters: ['apiCalls', 'compute'],
        usage: 0.9,
        terms: 30,
      },
      habit: { means: transfer('Bank of the Gulf Coast'), when: 'when_due', trouble: 0.15 },
    },
  ],
  grants: [
    ...included,
    { entitlement: 'compute', quantity: 412.5, used: 350.625, isRenewing: true, source: 'Contract' },
    { entitlement: 'aiCredits', quantity: 500, used: 0.25, expires: 40, source: 'Grant' },
  ],
};
