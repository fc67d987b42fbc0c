import { z } from 'zod';
import { EntitlementStatus, EntitlementType } from './entitlements.ts';
import { merchantListQuery } from './filters.ts';
import { BillingMoment, ExternalId, Id, lineOf, listOf, textOf, Timestamp } from './primitives.ts';
import { atMostOneOf, exactlyOneOf } from './references.ts';

const Quantity = z.number().min(0).max(1e12);

const definitionFields = {
  name: lineOf(255).min(1),
  description: textOf(2000).nullish(),
  entitlement_type: EntitlementType.optional().describe(
    'Feature is on or off and never consumed; Quantity is consumed in units, Credits in a non-cash unit. Feature without one.',
  ),
  units: lineOf(64).min(1).nullish().describe('What is counted, for example `API calls`; none for a Feature.'),
  is_active: z.boolean().optional().describe('False: not granted any more; what was granted stays. True without one.'),
  product_id: Id.nullish(),
  product_external_id: ExternalId.nullish(),
};

const ofDefinition = {
  entitlement_id: Id.optional(),
  entitlement_external_id: ExternalId.optional(),
};

const ofCustomer = {
  customer_id: Id.optional(),
  customer_external_id: ExternalId.optional(),
};

const changeableFields = {
  quantity: Quantity.nullish().describe(
    'Null: unlimited. A Feature has 1 or 0 (not included), and 1 without one; every other type needs it to be said.',
  ),
  quantity_used: Quantity.optional().describe('May be more than the quantity; 0 for a Feature.'),
  expiry_at: BillingMoment.nullish().describe('From when it is expired; null: never.'),
  renews_at: BillingMoment.nullish().describe('When the quantity is granted anew.'),
};

const grantFields = {
  ...changeableFields,
  active_from: BillingMoment.optional().describe('Now without one.'),
  source_type: lineOf(64)
    .min(1)
    .optional()
    .describe('Without one: Contract, Invoice or Product after what is named, else Grant.'),
  contract_id: Id.nullish(),
  contract_external_id: ExternalId.nullish(),
  product_id: Id.nullish().describe("Without one, the definition's product."),
  product_external_id: ExternalId.nullish(),
  invoice_id: Id.nullish(),
  invoice_external_id: ExternalId.nullish(),
};

const oneEntitlement = exactlyOneOf('entitlement_id', 'entitlement_external_id');
const oneCustomer = exactlyOneOf('customer_id', 'customer_external_id');
const noSecondContract = atMostOneOf('contract_id', 'contract_external_id');
const noSecondProduct = atMostOneOf('product_id', 'product_external_id');
const noSecondInvoice = atMostOneOf('invoice_id', 'invoice_external_id');

export const EntitlementInput = z
  .strictObject({ external_id: ExternalId.nullish(), ...definitionFields })
  .refine(...noSecondProduct)
  .meta({ id: 'EntitlementInput' });
export type EntitlementInput = z.infer<typeof EntitlementInput>;

export const EntitlementPatch = z
  .strictObject({ external_id: ExternalId.nullish(), ...definitionFields, name: definitionFields.name.optional() })
  .refine(...noSecondProduct)
  .meta({ id: 'EntitlementPatch' });
export type EntitlementPatch = z.infer<typeof EntitlementPatch>;

export const CustomerEntitlementInput = z
  .strictObject({ external_id: ExternalId.nullish(), ...ofDefinition, ...grantFields })
  .refine(...oneEntitlement)
  .refine(...noSecondContract)
  .refine(...noSecondProduct)
  .refine(...noSecondInvoice)
  .meta({ id: 'CustomerEntitlementInput' });
export type CustomerEntitlementInput = z.infer<typeof CustomerEntitlementInput>;

export const CustomerEntitlementPatch = z
  .strictObject({ external_id: ExternalId.nullish(), ...changeableFields })
  .meta({ id: 'CustomerEntitlementPatch' });
export type CustomerEntitlementPatch = z.infer<typeof CustomerEntitlementPatch>;

const DefinitionRecord = z.strictObject({ external_id: ExternalId, ...definitionFields }).refine(...noSecondProduct);

/** A record's moments have been read when it turns out to be a grant. */
const ReadMoment = z.custom<BillingMoment>();

const GrantRecord = z
  .strictObject({
    external_id: ExternalId,
    ...ofCustomer,
    ...ofDefinition,
    ...grantFields,
    active_from: ReadMoment.optional(),
    expiry_at: ReadMoment.nullish(),
    renews_at: ReadMoment.nullish(),
  })
  .refine(...oneCustomer)
  .refine(...oneEntitlement)
  .refine(...noSecondContract)
  .refine(...noSecondProduct)
  .refine(...noSecondInvoice);

/** With a customer it is a grant, without one a definition; which of the two decides what else it may hold. */
export const EntitlementRecord = z
  .strictObject({
    external_id: ExternalId,
    ...ofCustomer,
    ...ofDefinition,
    ...grantFields,
    ...definitionFields,
    name: definitionFields.name.optional(),
  })
  .transform((fields, context) => {
    const isGrant = fields.customer_id !== undefined || fields.customer_external_id !== undefined;
    const parsed = isGrant ? GrantRecord.safeParse(fields) : DefinitionRecord.safeParse(fields);
    if (!parsed.success) {
      context.issues.push(...parsed.error.issues.map((issue) => ({ ...issue, input: fields }) as z.core.$ZodRawIssue));
      return z.NEVER;
    }
    return isGrant
      ? { kind: 'grant' as const, ...(parsed.data as z.infer<typeof GrantRecord>) }
      : { kind: 'definition' as const, ...(parsed.data as z.infer<typeof DefinitionRecord>) };
  })
  .meta({
    id: 'EntitlementRecord',
    examples: [
      {
        external_id: 'grant-2026-11',
        customer_external_id: 'crm-4711',
        entitlement_external_id: 'api-calls',
        quantity: 10000,
        quantity_used: 2500,
        active_from: '2026-11-01',
        expiry_at: '2026-12-01',
      },
    ],
  });
export type EntitlementRecord = z.infer<typeof EntitlementRecord>;

export const Entitlement = z
  .object({
    id: Id,
    external_id: z.string().nullable(),
    name: z.string(),
    description: z.string().nullable(),
    entitlement_type: EntitlementType,
    units: z.string().nullable(),
    is_active: z.boolean(),
    product_id: Id.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Entitlement' });
export type Entitlement = z.infer<typeof Entitlement>;

export const EntitlementList = listOf(Entitlement).meta({ id: 'EntitlementList' });
export type EntitlementList = z.infer<typeof EntitlementList>;

export const CustomerEntitlement = z
  .object({
    id: Id,
    external_id: z.string().nullable(),
    entitlement: Entitlement,
    name: z.string(),
    units: z.string().nullable(),
    type: EntitlementType,
    customer: z.object({ id: Id, customer_name: z.string(), external_id: z.string().nullable() }),
    source_type: z.string(),
    source_id: Id.nullable().describe(
      'The contract, invoice or product that `source_type` says; null for any other source.',
    ),
    contract: z.object({ id: Id, name: z.string() }).nullable(),
    contract_id: Id.nullable(),
    product: z.object({ id: Id, name: z.string() }).nullable(),
    invoice: z.object({ id: Id, invoice_number: z.string() }).nullable(),
    invoice_id: Id.nullable(),
    active_from: Timestamp,
    expiry_at: Timestamp.nullable(),
    renews_at: Timestamp.nullable(),
    quantity: z.number().nullable().describe('Null: unlimited.'),
    quantity_used: z.number(),
    quantity_remaining: z.number().nullable().describe('Never below 0; null when unlimited.'),
    event: z.null().describe('Always null: usage is told as a sum, not event by event.'),
    status: EntitlementStatus,
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'CustomerEntitlement' });
export type CustomerEntitlement = z.infer<typeof CustomerEntitlement>;

export const CustomerEntitlementList = listOf(CustomerEntitlement).meta({ id: 'CustomerEntitlementList' });
export type CustomerEntitlementList = z.infer<typeof CustomerEntitlementList>;

export const EntitlementTotal = z
  .object({
    entitlement: Entitlement,
    total_quantity: z.number().nullable().describe('Null: unlimited.'),
    total_quantity_used: z.number(),
    total_expired_entitlements: z.int(),
  })
  .meta({ id: 'EntitlementTotal' });
export type EntitlementTotal = z.infer<typeof EntitlementTotal>;

export const EntitlementTotalList = listOf(EntitlementTotal).meta({ id: 'EntitlementTotalList' });
export type EntitlementTotalList = z.infer<typeof EntitlementTotalList>;

const definitionFilters = {
  id: 'id',
  external_id: 'text',
  name: 'text',
  entitlement_type: EntitlementType.options,
  is_active: 'flag',
  product_id: 'id',
  product__external_id: 'text',
  created_at: 'moment',
} as const;

export const EntitlementsQuery = merchantListQuery({
  fields: definitionFilters,
  orders: ['created_at', 'name'],
  order: '-created_at',
  extra: {},
});
export type EntitlementsQuery = z.infer<typeof EntitlementsQuery>;

export const EntitlementTotalsQuery = merchantListQuery({
  fields: definitionFilters,
  orders: ['created_at', 'name'],
  order: 'name',
  extra: {},
});
export type EntitlementTotalsQuery = z.infer<typeof EntitlementTotalsQuery>;

export const CustomerEntitlementsQuery = merchantListQuery({
  fields: {
    id: 'id',
    external_id: 'text',
    entitlement_id: 'id',
    entitlement__external_id: 'text',
    name: 'text',
    type: EntitlementType.options,
    status: EntitlementStatus.options,
    source_type: 'text',
    contract_id: 'id',
    contract__external_id: 'text',
    product_id: 'id',
    product__external_id: 'text',
    invoice_id: 'id',
    invoice__external_id: 'text',
    active_from: 'moment',
    expiry_at: 'moment',
    renews_at: 'moment',
    created_at: 'moment',
  },
  orders: ['created_at', 'active_from', 'expiry_at', 'name'],
  order: '-created_at',
  extra: {},
});
export type CustomerEntitlementsQuery = z.infer<typeof CustomerEntitlementsQuery>;
