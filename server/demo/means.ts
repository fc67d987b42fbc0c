import type { Means } from './ledger.ts';

export const card = (brand: string, last4: string): Means => ({ method: 'card', details: { brand, last4 } });
export const transfer = (bank: string): Means => ({ method: 'bank_transfer', details: { bank_name: bank } });
export const directDebit = (bank: string, last4: string): Means => ({
  method: 'direct_debit',
  details: { bank_name: bank, last4 },
});
export const check: Means = { method: 'check', details: null };
export const ach = (bank: string, last4: string): Means => ({
  method: 'ach_credit_transfer',
  details: { bank_name: bank, last4 },
});
