import { z } from 'zod';
import { ApiKeyScope } from './api-keys.ts';
import { AmountMinor, anyText, CurrencyCode, Id, listOf, listQuery, Search, Timestamp } from './primitives.ts';
import { Profile } from './profile.ts';
import { PortalSummary } from './summary.ts';

export const LoginRequest = z
  .strictObject({
    email: anyText(320).min(1),
    password: anyText(1024).min(1),
  })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof LoginRequest>;

export const StaffSession = z
  .object({
    staff: z.object({ id: Id, name: z.string(), email: z.string() }),
    organisation: z.object({ id: Id, name: z.string(), time_zone: z.string() }),
  })
  .meta({ id: 'StaffSession' });
export type StaffSession = z.infer<typeof StaffSession>;

export const ConsoleCustomerOrderField = z.enum([
  'customer_name',
  'email',
  'external_id',
  'amount_due',
  'last_invoice_at',
  'created_at',
]);
export type ConsoleCustomerOrderField = z.infer<typeof ConsoleCustomerOrderField>;

export const ConsoleCustomersQuery = z.strictObject({
  ...listQuery(ConsoleCustomerOrderField.options, 'customer_name'),
  search: Search.optional().describe('Finds customers by name, e-mail or external id.'),
});
export type ConsoleCustomersQuery = z.infer<typeof ConsoleCustomersQuery>;

export const ConsoleCustomer = z
  .object({
    id: Id,
    customer_name: z.string(),
    email: z.string().nullable(),
    external_id: z.string().nullable(),
    amounts_due: z
      .array(z.object({ currency: CurrencyCode, amount_due: AmountMinor }))
      .describe('One entry a currency in which something is owed.'),
    last_invoice_at: Timestamp.nullable(),
    created_at: Timestamp,
  })
  .meta({ id: 'ConsoleCustomer' });
export type ConsoleCustomer = z.infer<typeof ConsoleCustomer>;

export const ConsoleCustomerList = listOf(ConsoleCustomer).meta({ id: 'ConsoleCustomerList' });
export type ConsoleCustomerList = z.infer<typeof ConsoleCustomerList>;

export const ConsoleCustomerDetail = ConsoleCustomer.extend({
  time_zone: z.string().describe("IANA name; the customer's days are counted in it."),
  profile: Profile,
  summary: PortalSummary,
}).meta({ id: 'ConsoleCustomerDetail' });
export type ConsoleCustomerDetail = z.infer<typeof ConsoleCustomerDetail>;

export const ConsolePortalSession = z
  .object({
    id: Id,
    created_at: Timestamp,
    created_by: z.string(),
    opened_at: Timestamp.nullable(),
    last_active_at: Timestamp.nullable(),
    read_only: z.boolean(),
    origin: z.string().nullable(),
    session_key: z.string().nullable(),
    status: z.enum(['pending', 'active', 'expired', 'ended']),
    end_reason: z.string().nullable(),
  })
  .meta({ id: 'ConsolePortalSession' });
export type ConsolePortalSession = z.infer<typeof ConsolePortalSession>;

export const ConsolePortalSessionList = listOf(ConsolePortalSession).meta({ id: 'ConsolePortalSessionList' });
export type ConsolePortalSessionList = z.infer<typeof ConsolePortalSessionList>;

export const ConsolePageQuery = z.strictObject(listQuery(['created_at'], '-created_at'));
export type ConsolePageQuery = z.infer<typeof ConsolePageQuery>;

export const PortalLink = z.object({ redirect_url: z.string(), expires_at: Timestamp }).meta({ id: 'PortalLink' });
export type PortalLink = z.infer<typeof PortalLink>;

export const EmbedSettings = z
  .object({
    organisation_id: Id,
    api_url: z.string(),
    allowed_origins: z.array(z.string()),
    return_origins: z.array(z.string()),
    /** The widget in one file, with the hash that a script element checks it by. */
    pinned_script: z.object({ url: z.string(), integrity: z.string() }).nullable(),
  })
  .meta({ id: 'EmbedSettings' });
export type EmbedSettings = z.infer<typeof EmbedSettings>;

export const ConsoleApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string(),
    last_four: z.string(),
    scopes: z.array(ApiKeyScope),
    created_at: Timestamp,
    last_used_at: Timestamp.nullable(),
    revoked_at: Timestamp.nullable(),
  })
  .meta({ id: 'ConsoleApiKey' });
export type ConsoleApiKey = z.infer<typeof ConsoleApiKey>;

export const ConsoleApiKeyList = z.object({ results: z.array(ConsoleApiKey) }).meta({ id: 'ConsoleApiKeyList' });
export type ConsoleApiKeyList = z.infer<typeof ConsoleApiKeyList>;
