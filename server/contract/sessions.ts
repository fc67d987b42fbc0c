import { z } from 'zod';
import { Branding } from './branding.ts';
import { PortalInvoiceList } from './invoices.ts';
import { anyText, Id, lineOf, Timestamp } from './primitives.ts';
import { exactlyOneOf } from './references.ts';
import { PortalSummary } from './summary.ts';

export const Section = z.enum(['invoices', 'payments', 'entitlements', 'profile']).meta({ id: 'Section' });
export type Section = z.infer<typeof Section>;

const maxAge = 7 * 24 * 3600;

export const CreateSessionRequest = z
  .strictObject({
    return_url: anyText(2048).min(1),
    customer_id: Id.optional(),
    external_customer_id: anyText(255).min(1).optional(),
    idle_timeout: z
      .int()
      .min(1)
      .max(maxAge)
      .default(3600)
      .describe('Seconds without activity after which the session ends.'),
    is_guest_session: z.literal(false, 'Guest sessions are not supported: name the customer').optional(),
    session_key: lineOf(255)
      .min(1)
      .nullable()
      .optional()
      .describe("The merchant's own reference for this session; kept with it and shown in its activity."),
    link_ttl: z.int().min(30).max(600).default(300).describe('Seconds for which the one-time link can be redeemed.'),
    max_age: z
      .int()
      .min(1)
      .max(maxAge)
      .optional()
      .describe(
        'Seconds after which the session ends whatever happens. Default: the larger of 12 hours and `idle_timeout`.',
      ),
    sections: z.array(Section).min(1).max(Section.options.length).optional(),
    read_only: z.boolean().default(false),
    locale: anyText(35).optional(),
    origin: anyText(255).optional().describe("Restricts redeeming to this one of the organisation's allowed origins."),
  })
  .refine(...exactlyOneOf('customer_id', 'external_customer_id'))
  .meta({ id: 'CreateSessionRequest' });
export type CreateSessionRequest = z.infer<typeof CreateSessionRequest>;

export const CreateSessionResponse = z
  .object({
    redirect_url: z.string(),
    session_token: z.string(),
    is_guest_session: z.literal(false),
    session_id: Id,
    expires_at: Timestamp.describe('When the one-time link stops working.'),
  })
  .meta({ id: 'CreateSessionResponse' });
export type CreateSessionResponse = z.infer<typeof CreateSessionResponse>;

const Preload = z.strictObject({
  limit: z.int().min(1).max(100).describe("Rows of the first page of invoices, in the list's default order."),
});

export const RedeemRequest = z
  .strictObject({
    session_token: z.string().min(1).max(500),
    redeem_nonce: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,128}$/)
      .describe('Random, chosen by the browser once a redemption: makes a retry after a lost response harmless.'),
    preload: Preload.optional().describe(
      'Asks for what the first tab shows in the same answer, which saves two round trips before the first row.',
    ),
  })
  .meta({ id: 'RedeemRequest' });
export type RedeemRequest = z.infer<typeof RedeemRequest>;

/** What the portal needs to draw itself: who is looking, at whose data, in whose colours. */
export const PortalSession = z
  .object({
    id: Id,
    sections: z.array(Section),
    read_only: z.boolean(),
    staff_view: z
      .object({ name: z.string() })
      .nullable()
      .describe('The staff member who is looking in a staff view, else null.'),
    return_url: z.string().nullable(),
    locale: z.string().nullable(),
    time_zone: z.string().describe('IANA name; days are counted and dates shown in it.'),
    organisation: z.object({ id: Id, name: z.string(), branding: Branding }),
    customer: z.object({ id: Id, name: z.string() }),
  })
  .meta({ id: 'PortalSession' });
export type PortalSession = z.infer<typeof PortalSession>;

export const AccessGrant = z
  .object({
    access_token: z.string(),
    expires_in: z.int().describe('Seconds until the access token expires, counted from this response.'),
    session_expires_in: z.int().describe("Seconds until the session's absolute end, counted from this response."),
  })
  .meta({ id: 'AccessGrant' });
export type AccessGrant = z.infer<typeof AccessGrant>;

export const OpenedSession = AccessGrant.extend({
  session: PortalSession,
  preload: z
    .object({ summary: PortalSummary, invoices: PortalInvoiceList })
    .nullable()
    .describe('Null when not asked for, or when the session does not include invoices.'),
}).meta({ id: 'OpenedSession' });
export type OpenedSession = z.infer<typeof OpenedSession>;

export const HostedRedeemRequest = RedeemRequest.extend({
  replace: z
    .boolean()
    .default(false)
    .describe("True when the visitor has agreed to leave the other customer's session that this browser holds."),
}).meta({ id: 'HostedRedeemRequest' });
export type HostedRedeemRequest = z.infer<typeof HostedRedeemRequest>;

export const ResumeRequest = z
  .strictObject({
    session_id: Id.optional().describe(
      'The session that the page showed; another one in the cookie is not shown in its place.',
    ),
    preload: Preload.optional(),
  })
  .meta({ id: 'ResumeRequest' });
export type ResumeRequest = z.infer<typeof ResumeRequest>;

export const RevokedSessions = z.object({ revoked: z.int() }).meta({ id: 'RevokedSessions' });
export type RevokedSessions = z.infer<typeof RevokedSessions>;

export const EndedSession = z.object({ session_id: Id, ended: z.literal(true) }).meta({ id: 'EndedSession' });
export type EndedSession = z.infer<typeof EndedSession>;
