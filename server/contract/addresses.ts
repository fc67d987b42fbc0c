import { z } from 'zod';
import { CountryCode, CountryCodeInput } from './countries.ts';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { Id, lineOf, listOf, Timestamp } from './primitives.ts';

const Line = lineOf(255).nullable();

/** A postal address. The dialect spells `zipCode` in camel case here and everything else in snake case. */
export const Address = z
  .object({
    line1: z.string().nullable(),
    line2: z.string().nullable(),
    line3: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    zipCode: z.string().nullable(),
    country: z.string().nullable(),
    country_code: z.string().nullable(),
  })
  .meta({ id: 'Address' });
export type Address = z.infer<typeof Address>;

export const AddressInput = z.strictObject({
  line1: lineOf(255).min(1, 'Enter a street address'),
  line2: Line.default(null),
  line3: Line.default(null),
  city: Line.default(null),
  state: Line.default(null),
  zipCode: lineOf(32).nullable().default(null),
  country_code: CountryCode.nullable().default(null),
});
export type AddressInput = z.infer<typeof AddressInput>;

const Part = Line.optional();

const merchantParts = {
  line2: Part,
  line3: Part,
  city: Part,
  state: Part,
  zipCode: lineOf(32).nullable().optional(),
  country: Part.describe('The name of the country; by default the English name of country_code'),
  country_code: CountryCodeInput.nullable().optional().describe('ISO 3166-1 alpha-2'),
};

/** A postal address as the merchant has it. One of nothing but empty parts is no address. */
export const MerchantAddressInput = z.strictObject({ line1: Part, ...merchantParts }).meta({ id: 'AddressInput' });
export type MerchantAddressInput = z.infer<typeof MerchantAddressInput>;

const defaults = {
  is_default_billing: z.boolean().optional().describe('True takes this over from the address that was it'),
  is_default_shipping: z.boolean().optional().describe('True takes this over from the address that was it'),
};

export const CustomerAddressInput = z.strictObject({ line1: lineOf(255).min(1), ...merchantParts, ...defaults }).meta({
  id: 'CustomerAddressInput',
  examples: [
    { line1: 'Torstraße 140', city: 'Berlin', zipCode: '10119', country_code: 'DE', is_default_billing: true },
  ],
});
export type CustomerAddressInput = z.infer<typeof CustomerAddressInput>;

export const CustomerAddressPatch = CustomerAddressInput.partial().meta({ id: 'CustomerAddressPatch' });
export type CustomerAddressPatch = z.infer<typeof CustomerAddressPatch>;

/** An address of a customer's address book. The dialect takes `zipCode` here and answers `zip_code`. */
export const CustomerAddress = z
  .object({
    id: Id,
    customer_id: Id,
    line1: z.string().nullable(),
    line2: z.string().nullable(),
    line3: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    zip_code: z.string().nullable(),
    country: z.string().nullable(),
    country_code: z.string().nullable(),
    is_default_billing: z.boolean(),
    is_default_shipping: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'CustomerAddress' });
export type CustomerAddress = z.infer<typeof CustomerAddress>;

export const CustomerAddressList = listOf(CustomerAddress).meta({ id: 'CustomerAddressList' });
export type CustomerAddressList = z.infer<typeof CustomerAddressList>;

export const CustomerAddressesQuery = merchantListQuery({
  fields: { id: 'id', is_default_billing: 'flag', is_default_shipping: 'flag', country_code: 'text' },
  orders: ['created_at'],
  order: 'created_at',
  extra: {},
});
export type CustomerAddressesQuery = z.infer<typeof CustomerAddressesQuery>;

const ofCustomer = z.strictObject({ customer_id: Id });

export const addressOperations = {
  'GET /customers/:customer_id/addresses': {
    summary: "List a customer's addresses",
    params: ofCustomer,
    query: CustomerAddressesQuery,
    response: CustomerAddressList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'POST /customers/:customer_id/addresses': {
    summary: 'Add an address to a customer',
    description: `At most one address is the default for billing and one for shipping: the customer's \`address\` and
\`ship_to_address\`. The body takes \`zipCode\`, the answer has \`zip_code\`.`,
    params: ofCustomer,
    body: CustomerAddressInput,
    response: CustomerAddress,
    errors: ['customer_not_found'],
  },
  'PATCH /customers/:customer_id/addresses/:address_id': {
    summary: 'Change an address',
    description: 'Only the fields given change; null clears. A new `country_code` brings its name along.',
    params: z.strictObject({ customer_id: Id, address_id: Id }),
    body: CustomerAddressPatch,
    response: CustomerAddress,
    errors: ['address_not_found', 'customer_not_found'],
  },
} as const satisfies Operations;
