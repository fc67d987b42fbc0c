import type { Address } from '#contract/addresses.ts';
import type { Branding } from '#contract/branding.ts';
import type { TaxInfo } from '#contract/profile.ts';

/**
 * What an entry is. `invoice`, `refund`, `reversal` and `adjustment` upwards add to what is owed; `payment`,
 * `tax_withheld`, `credit_note`, `balance_applied` and `adjustment` downwards take from it.
 */
export type MovementKind =
  'invoice' | 'balance_applied' | 'adjustment' | 'payment' | 'tax_withheld' | 'refund' | 'reversal' | 'credit_note';

/** One entry of a statement. Amounts are minor units and not negative; of `charge` and `credit` one at least is 0. */
export interface StatementMovement {
  /** The day in the statement's time zone, `2026-11-23`. */
  date: string;
  kind: MovementKind;
  /** Of the invoice, receipt or credit note; null where the merchant gave none. */
  number: string | null;
  /** In words, for the reader. */
  description: string;
  /** Of an invoice: the day it is due. */
  dueDate: string | null;
  charge: number;
  credit: number;
  /** What was owed after this entry; negative when the customer had paid more than was owed. */
  balance: number;
}

/**
 * What was owed at the end of the closing day, by how long it had been overdue then. All buckets together less
 * `unallocated` make the closing balance.
 */
export interface Ageing {
  /** Not due yet, or due without a day. */
  current: number;
  days1To30: number;
  days31To60: number;
  days61To90: number;
  daysOver90: number;
  /** Money received that was not applied to an invoice. */
  unallocated: number;
}

/** What happened in one currency. Minor units throughout. */
export interface StatementSection {
  currency: string;
  openingBalance: number;
  /** Oldest first. */
  movements: StatementMovement[];
  totalCharges: number;
  totalCredits: number;
  /** `openingBalance + totalCharges - totalCredits`. */
  closingBalance: number;
  ageing: Ageing;
}

/** A statement of account: what a customer owed, what came and went, and what is owed, each currency on its own. */
export interface Statement {
  organisation: {
    name: string;
    email: string | null;
    address: Address | null;
    taxId: string | null;
    branding: Branding;
  };
  customer: {
    name: string;
    email: string | null;
    address: Address | null;
    taxInfo: TaxInfo[];
  };
  /** First and last day, both included. */
  from: string;
  to: string;
  /** IANA name of the zone in which days are counted. */
  timeZone: string;
  /** The day on which the statement was made. */
  issuedOn: string;
  /** By currency code; a currency in which nothing was owed and nothing happened has none. */
  sections: StatementSection[];
}
