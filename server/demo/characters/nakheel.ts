import { transfer } from '../means.ts';
import type { Character } from './character.ts';
import { included } from './included.ts';

export const nakheel: Character = {
  key: 'nakheel',
  name: 'شركة واحة النخيل للخدمات السحابية ذ.م.م',
  domain: 'wahat-alnakheel.example',
  place: 'dubai',
  note: 'An Arabic name, written right to left; dirhams',
  timeZone: 'Asia/Dubai',
  locale: 'ar',
  subscriptions: [
    {
      subscription: {
        key: 'platform',
        name: 'باقة الأعمال',
        currency: 'AED',
        cadence: 'monthly',
        plan: 'business',
        seats: 21,
        startMonthsAgo: 14,
        growsEvery: 6,
        meters: ['storage'],
        terms: 30,
      },
      habit: { means: transfer('مصرف الخليج الأخضر'), when: 'when_due', trouble: 0.1, unpaid: 2 },
    },
  ],
  grants: [...included, { entitlement: 'storage', quantity: 6_000, used: 5_100, source: 'Contract' }],
};
