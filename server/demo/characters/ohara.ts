import { card } from '../means.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

export const ohara: Character = {
  key: 'ohara',
  name: "O'Hara & Søns",
  domain: 'ohara-soens.example',
  place: 'copenhagen',
  note: 'An apostrophe, an ampersand and a ø; Danish kroner',
  timeZone: 'Europe/Copenhagen',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: "O'Hara's Team plan",
        currency: 'DKK',
        cadence: 'monthly',
        plan: 'team',
        seats: 6,
        startMonthsAgo: 11,
        planChange: { monthsAgo: 4, plan: 'business' },
        terms: 14,
      },
      habit: { means: card('visa', '0077'), when: 'at_once', trouble: 0.08 },
    },
  ],
  grants: included,
};
