import { transfer } from '../means.ts';
import type { Character } from './character.ts';
import { giveBack } from './give-back.ts';
import { included } from './included.ts';

export const sakura: Character = {
  key: 'sakura',
  name: '株式会社サクラ製作所',
  domain: 'sakura-seisakusho.example',
  place: 'tokyo',
  note: 'Japanese yen: no decimals; days counted in Tokyo',
  timeZone: 'Asia/Tokyo',
  locale: 'ja',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'Northwind Business 年間契約',
        currency: 'JPY',
        cadence: 'monthly',
        plan: 'business',
        seats: 32,
        startMonthsAgo: 29,
        growsEvery: 9,
        meters: ['compute', 'transfer'],
        usage: 0.8,
        terms: 30,
      },
      habit: { means: transfer('みどり銀行'), when: 'when_due', trouble: 0.05 },
    },
  ],
  grants: [
    ...included,
    { entitlement: 'compute', quantity: 800, used: 320, isRenewing: true, source: 'Contract' },
    { entitlement: 'projects', quantity: null, used: 61, source: 'Contract' },
  ],
  story: (ledger, invoices) => {
    giveBack(ledger, invoices.filter((invoice) => invoice.status === 'paid').at(-4), '10', '転送量の請求誤り');
  },
};
