import type { Section } from '#contract/sessions.ts';
import type { Authenticate } from '../http/route.ts';
import type { CustomerScope } from '../scope.ts';

/** Who calls the portal API: a live session of one customer. */
export interface PortalCaller {
  scope: CustomerScope;
  sessionId: string;
  customerName: string;
  /** IANA name in which days are counted. */
  timeZone: string;
  sections: readonly Section[];
  readOnly: boolean;
  /**
   * The last entries of the audit trail that name this customer, and that name none and so may be about any. While this stays,
   * nothing that the customer can see has changed but by the passing of time. By their hashes: behind a restored backup the
   * same numbers come again.
   */
  version: string;
  /** The staff member who is looking, else null. */
  staff: { id: string; name: string } | null;
}

/**
 * Makes the authenticator of an operation of the portal API. It refuses a session that was not granted the section
 * (403 `scope_insufficient`) and, for a write, one that may only read (403 `read_only_session`).
 */
export type PortalAuthenticator = (section?: Section, access?: 'read' | 'write') => Authenticate<PortalCaller>;
