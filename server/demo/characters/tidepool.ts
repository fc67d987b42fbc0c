import type { Character } from './character.ts';

export const tidepool: Character = {
  key: 'tidepool',
  name: 'Tidepool Labs',
  domain: 'tidepool-labs.example',
  place: 'portland',
  note: 'New: no invoices, payments or entitlements yet',
  subscriptions: [],
};
