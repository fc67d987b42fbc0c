import type { CustomerScope } from '../scope.ts';

/** Whose records are listed, in which time zone days are counted, and who is looking. */
export interface CustomerView {
  scope: CustomerScope;
  /** IANA name: the customer's own billing time zone, else the organisation's. */
  timeZone: string;
  /** Staff in the console also see invoices that are still being worked on or were thrown away. */
  audience: 'customer' | 'staff';
}

/** What the portal shows, whoever looks through it. */
export const portalView = ({ scope, timeZone }: Omit<CustomerView, 'audience'>): CustomerView => ({
  scope,
  timeZone,
  audience: 'customer',
});
