import type { InvoiceTable } from '../../invoices/invoices.table.ts';
import type { Grant } from '../entitlements.ts';
import type { Ledger } from '../ledger.ts';
import type { PlaceKey } from '../places.ts';
import type { Habit } from '../settlement.ts';
import type { Subscription } from '../subscription.ts';

/** A customer of the demo, and how its history came about. */
export interface Character {
  key: string;
  name: string;
  /** Mail goes to `billing@` this domain. */
  domain: string;
  place: PlaceKey;
  /** What there is to see; only those with a note are offered on the demo-site. */
  note?: string;
  timeZone?: string;
  locale?: string;
  hasShippingAddress?: boolean;
  subscriptions: readonly { subscription: Subscription; habit: Habit }[];
  grants?: readonly Grant[];
  /** What happened besides paying; gets the invoices in the order of their making. */
  story?: (ledger: Ledger, invoices: readonly InvoiceTable[], asOf: string) => void;
}
