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
   * How many changes the organisation's audit trail holds. Each change is an entry, so that while this number stays,
   * nothing that a customer can see has changed but by the passing of time.
   */
  changeNumber: number;
  /** The staff member who is looking, else null. */
  staff: { id: string; name: string } | null;
}

/**
 * Makes the authenticator of an operation of the portal API. It refuses a session that was not granted the section
 * (403 `scope_insufficient`) and, for a write, one that may only read (403 `read_only_session`).
 */
export type PortalAuthenticator = (section?: Section, access?: 'read' | 'write') => Authenticate<PortalCaller>;
