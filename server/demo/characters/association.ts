import { directDebit } from '../means.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

export const association: Character = {
  key: 'association',
  name: 'Internationale Gesellschaft zur Förderung nachhaltiger Infrastruktur, erneuerbarer Energien und kommunaler Widerstandsfähigkeit in Mitteleuropa (eingetragener Verein) e. V.',
  domain: 'gesellschaft-nachhaltige-infrastruktur-mitteleuropa.example',
  place: 'munich',
  note: 'A very long name; reverse-charge VAT',
  timeZone: 'Europe/Berlin',
  locale: 'de',
  hasShippingAddress: true,
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Rahmenvertrag Northwind Business einschließlich Premium-Support für alle Landesverbände',
        currency: 'EUR',
        cadence: 'annual',
        plan: 'business',
        seats: 120,
        startMonthsAgo: 52,
        growsEvery: 12,
        hasSupport: true,
        discountPercent: '15',
        terms: 60,
      },
      habit: { means: directDebit('Genossenschaftsbank Isar', '3006'), when: 'when_due', trouble: 0 },
    },
  ],
  grants: [...included, { entitlement: 'projects', quantity: 60, used: 51, source: 'Contract' }],
};
