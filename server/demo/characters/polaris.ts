import { transfer } from '../means.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

export const polaris: Character = {
  key: 'polaris',
  name: 'Polaris Holdings International',
  domain: 'polaris-holdings.example',
  place: 'dublin',
  note: 'Three currencies: euros, US dollars and pounds',
  timeZone: 'Europe/Dublin',
  subscriptions: (
    [
      ['EUR', 'Ireland', 40, 30, 1],
      ['USD', 'United States', 26, 21, 2],
      ['GBP', 'United Kingdom', 12, 15, 0],
    ] as const
  ).map(([currency, country, seats, startMonthsAgo, unpaid]) => ({
    subscription: {
      key: `platform-${currency.toLowerCase()}`,
      name: `Business plan, ${country}`,
      currency,
      cadence: 'monthly' as const,
      plan: 'business' as const,
      seats,
      startMonthsAgo,
      growsEvery: 8,
      meters: ['apiCalls'] as const,
      terms: 30,
    },
    habit: { means: transfer('Liffey Commercial Bank'), when: 'when_due' as const, trouble: 0.1, unpaid },
  })),
  grants: [
    ...included,
    { entitlement: 'apiCalls', quantity: null, used: 7_411_902, isRenewing: true, source: 'Contract' },
  ],
};
