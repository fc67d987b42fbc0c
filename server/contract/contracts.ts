import { z } from 'zod';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import {
  BillingMoment,
  CurrencyCode,
  CurrencyInput,
  CustomData,
  Deleted,
  ExternalId,
  Id,
  Json,
  lineOf,
  listOf,
  textOf,
  Timestamp,
} from './primitives.ts';
import { exactlyOneOf } from './references.ts';

export const ContractStatus = z.enum(['draft', 'active', 'paused', 'expired', 'disputed']);
export type ContractStatus = z.infer<typeof ContractStatus>;

export const RenewalPolicy = z.enum(['renew_with_default_contract', 'renew_with_existing', 'do_not_renew']);
export type RenewalPolicy = z.infer<typeof RenewalPolicy>;

const byName = z.record(z.string().max(255), z.json());

/** Kept and given back as it is, besides the two ids that are checked. */
const Pricing = z.looseObject({
  pricing_id: lineOf(255).nullish(),
  product_id: lineOf(255).nullish(),
});

const phase = {
  name: lineOf(255).min(1),
  description: textOf(5000).nullish(),
  start_date: BillingMoment,
  end_date: BillingMoment.nullish().describe('The first moment after the phase; null: open-ended.'),
  pricings: z.array(Pricing.catchall(Json)).max(500).default([]),
  features: z.union([z.array(Json), z.record(z.string().max(255), Json)]).default([]),
};

const PhaseInput = z.strictObject({ id: Id.optional(), ...phase }).meta({ id: 'ContractPhaseInput' });

export const ContractPhase = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string().nullable(),
    start_date: Timestamp,
    end_date: Timestamp.nullable(),
    pricings: z.array(byName),
    features: z.union([z.array(z.json()), byName]),
  })
  .meta({ id: 'ContractPhase' });
export type ContractPhase = z.infer<typeof ContractPhase>;

const phasesBytes = 65_536;

export const ContractInput = z
  .strictObject({
    customer_id: Id.optional(),
    customer_external_id: ExternalId.optional(),
    external_id: ExternalId.nullish(),
    name: lineOf(255).min(1),
    status: ContractStatus.default('draft'),
    currency: CurrencyInput,
    description: textOf(5000).nullish(),
    tags: z.array(lineOf(64).min(1)).max(50).default([]),
    start_date: BillingMoment,
    end_date: BillingMoment.nullish().describe('The first moment after the contract; null: open-ended.'),
    anchor_date: BillingMoment.nullish(),
    custom_attributes: CustomData.nullish(),
    phases: z
      .array(PhaseInput)
      .max(100)
      .default([])
      .refine((phases) => JSON.stringify(phases).length <= phasesBytes, 'At most 64 kB of JSON'),
    renewal_policy: RenewalPolicy.nullish(),
    contract_link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullish(),
  })
  .refine(...exactlyOneOf('customer_id', 'customer_external_id'))
  .meta({ id: 'ContractInput' });
export type ContractInput = z.infer<typeof ContractInput>;

export const Contract = z
  .object({
    id: Id,
    external_id: z.string().nullable(),
    name: z.string(),
    status: ContractStatus,
    currency: CurrencyCode,
    customer_id: Id,
    customer: z.object({ id: Id, customer_name: z.string(), external_id: z.string().nullable() }),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    start_date: Timestamp,
    end_date: Timestamp.nullable(),
    custom_attributes: byName.nullable(),
    anchor_date: Timestamp.nullable(),
    phases: z.array(ContractPhase),
    renewal_policy: RenewalPolicy.nullable(),
    contract_link: z.string().nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Contract' });
export type Contract = z.infer<typeof Contract>;

export const ContractList = listOf(Contract).meta({ id: 'ContractList' });
export type ContractList = z.infer<typeof ContractList>;

export const ContractsQuery = merchantListQuery({
  fields: {
    id: 'id',
    external_id: 'text',
    customer_id: 'id',
    customer__external_id: 'text',
    customer__customer_name: 'text',
    name: 'text',
    status: ContractStatus.options,
    currency: 'text',
    start_date: 'moment',
    end_date: 'moment',
    created_at: 'moment',
  },
  orders: ['created_at', 'name', 'start_date', 'end_date', 'status'],
  order: '-created_at',
  extra: {},
});
export type ContractsQuery = z.infer<typeof ContractsQuery>;

const params = z.strictObject({ contract_id: Id });

export const contractOperations = {
  'GET /contract_v2': {
    summary: 'List contracts',
    description: 'An open-ended contract comes after all others in the order of `end_date`.',
    query: ContractsQuery,
    response: ContractList,
    errors: ['cursor_invalid'],
  },
  'POST /contract_v2': {
    summary: 'Create a contract',
    description: `Phases, their pricings and features are kept and given back as they are; a phase without an \`id\` gets one.
The product ids in pricings are the merchant's own business: they are not looked up.`,
    body: ContractInput,
    response: Contract,
    errors: ['external_id_taken'],
  },
  'GET /contract_v2/:contract_id': {
    summary: 'Get a contract',
    params,
    response: Contract,
    errors: ['contract_not_found'],
  },
  'PUT /contract_v2/:contract_id': {
    summary: 'Replace a contract',
    description: `Everything is replaced: what is left out is empty from then on. The customer stays: naming another one is
a 422.`,
    params,
    body: ContractInput,
    response: Contract,
    errors: ['contract_not_found', 'external_id_taken'],
  },
  'DELETE /contract_v2/:contract_id': {
    summary: 'Delete a contract',
    description: `Refused with 409 \`contract_in_use\` while an entitlement, or an invoice that is neither void nor discarded,
came from it: set its status to \`expired\` instead. The external id of a deleted contract is free again.`,
    params,
    response: Deleted,
    errors: ['contract_in_use', 'contract_not_found'],
  },
} as const satisfies Operations;
