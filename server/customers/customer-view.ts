import type { Clock } from '../clock.ts';
import type { CustomerScope } from '../scope.ts';
import { startOfBillingDay } from './billing-day.ts';

/** Whose records are listed, in which time zone days are counted, and who is looking. */
export interface CustomerView {
  scope: CustomerScope;
  /** IANA name: the customer's own billing time zone, else the organisation's. */
  timeZone: string;
  /** Staff in the console also see invoices that are still being worked on or were thrown away. */
  audience: 'customer' | 'staff';
  /** See `PortalCaller`; where it was read before. */
  version?: string | undefined;
}

/** What the portal shows, whoever looks through it. */
export const portalView = ({ scope, timeZone, version }: Omit<CustomerView, 'audience'>): CustomerView => ({
  scope,
  timeZone,
  audience: 'customer',
  version,
});

/**
 * What the answers about a view depend on besides the request: every change is an entry of the organisation's audit trail,
 * and what is overdue goes by the day. Read before the answer is, so that an answer is never older than it says.
 */
export const versionOfView = ({ scope, timeZone, audience, version }: CustomerView, clock: Clock): string =>
  [scope.customerId, audience, version, timeZone, startOfBillingDay(clock.now(), timeZone)].join(' ');
