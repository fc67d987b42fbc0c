import { z } from 'zod';
import { Address, MerchantAddressInput } from './addresses.ts';
import { Contact, ContactFields } from './contacts.ts';
import { fieldSearch, merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { DefaultPaymentMethod } from './payment-methods.ts';
import { CustomData, Deleted, ExternalId, Id, lineOf, listOf, queryList, Search, Timestamp } from './primitives.ts';
import { TaxInfo, TaxInfoInput } from './profile.ts';

const isAccepted = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

const TimeZone = z
  .string()
  .max(64)
  .refine(
    (timeZone) => isAccepted(() => new Intl.DateTimeFormat('en', { timeZone })),
    'Expected the name of a time zone, such as Europe/Berlin',
  );

const Locale = z
  .string()
  .max(35)
  .refine((locale) => isAccepted(() => Intl.getCanonicalLocales(locale)), 'Expected a BCP 47 language tag')
  .transform((locale) => Intl.getCanonicalLocales(locale)[0] ?? locale);

const replaces = 'Replaces the whole list; null empties it';

const fields = {
  customer_name: lineOf(255).min(1),
  external_id: ExternalId.nullable().optional().describe("The merchant's own id; unique among customers"),
  email: z.email().max(320).nullable().optional(),
  phone_number: lineOf(64).nullable().optional(),
  address: MerchantAddressInput.nullable().optional().describe('The default billing address'),
  ship_to_address: MerchantAddressInput.nullable()
    .optional()
    .describe('The default shipping address; null: the same as address'),
  tax_info: z.array(TaxInfoInput).max(20).nullable().optional().describe(replaces),
  contacts: z
    .array(ContactFields)
    .max(100)
    .nullable()
    .optional()
    .describe(`${replaces}. A contact that is there keeps its id by its email`),
  custom_data: CustomData.nullable().optional(),
  custom_attributes: CustomData.nullable().optional(),
  communications_enabled: z.boolean().optional().describe('Default: true'),
  auto_charge_enabled: z.boolean().optional().describe('Default: true'),
  business_entity_id: lineOf(255).min(1).nullable().optional(),
  time_zone: TimeZone.nullable()
    .optional()
    .describe("IANA name of the zone in which the customer's days are counted; null: the organisation's"),
  locale: Locale.nullable().optional().describe('BCP 47 tag of the language of the portal and the documents'),
};

export const CustomerInput = z.strictObject(fields).meta({
  id: 'CustomerInput',
  examples: [
    {
      customer_name: 'Aurora Analytics GmbH',
      external_id: 'crm-4711',
      email: 'billing@aurora.example',
      address: { line1: 'Torstraße 140', city: 'Berlin', zipCode: '10119', country_code: 'DE' },
      tax_info: [{ country_code: 'DE', tax_code: 'eu_vat', tax_id: 'DE811907980' }],
      time_zone: 'Europe/Berlin',
    },
  ],
});
export type CustomerInput = z.infer<typeof CustomerInput>;

export const CustomerPatch = CustomerInput.partial().meta({ id: 'CustomerPatch' });
export type CustomerPatch = z.infer<typeof CustomerPatch>;

/** A line of a bulk change: created, or changed where a field that is given differs. */
export const CustomerRecord = CustomerInput.extend({ external_id: ExternalId }).meta({ id: 'CustomerRecord' });
export type CustomerRecord = z.infer<typeof CustomerRecord>;

export const Customer = z
  .object({
    id: Id,
    external_id: z.string().nullable(),
    customer_name: z.string(),
    email: z.string().nullable(),
    phone_number: z.string().nullable(),
    address: Address.nullable().describe('The default billing address'),
    ship_to_address: Address.nullable().describe('The default shipping address; null: the same as address'),
    tax_info: z.array(TaxInfo),
    contacts: z.array(Contact),
    custom_data: z.record(z.string(), z.unknown()).nullable(),
    custom_attributes: z.record(z.string(), z.unknown()).nullable(),
    communications_enabled: z.boolean(),
    auto_charge_enabled: z.boolean(),
    business_entity_id: z.string().nullable(),
    time_zone: z.string().nullable().describe("Null: the organisation's"),
    locale: z.string().nullable(),
    default_payment_method: DefaultPaymentMethod.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

const whenExpanded = { contacts: true, default_payment_method: true } as const;

/** A customer in a list: `contacts` and `default_payment_method` only when `expand` names them. */
export const CustomerListItem = Customer.partial(whenExpanded).meta({ id: 'CustomerListItem' });
export type CustomerListItem = z.infer<typeof CustomerListItem>;

export const CustomerList = listOf(CustomerListItem).meta({ id: 'CustomerList' });
export type CustomerList = z.infer<typeof CustomerList>;

export const CustomerExpansion = z.enum(['contacts', 'default_payment_method']);
export type CustomerExpansion = z.infer<typeof CustomerExpansion>;

export const CustomerOrderField = z.enum(['created_at', 'updated_at', 'customer_name', 'email', 'external_id']);
export type CustomerOrderField = z.infer<typeof CustomerOrderField>;

export const CustomersQuery = merchantListQuery({
  fields: {
    id: 'id',
    external_id: 'text',
    customer_name: 'text',
    email: 'text',
    phone_number: 'text',
    business_entity_id: 'text',
    communications_enabled: 'flag',
    auto_charge_enabled: 'flag',
    created_at: 'moment',
    updated_at: 'moment',
  },
  orders: CustomerOrderField.options,
  order: '-created_at',
  extra: {
    search: fieldSearch(['customer_name', 'external_id', 'email', 'phone_number', 'business_entity_id']).optional(),
    search_name_external_id: Search.optional().describe('Text that the name or the external id contains, in any case'),
    expand: queryList(CustomerExpansion).optional().describe('What each row brings along that it else leaves out'),
  },
});
export type CustomersQuery = z.infer<typeof CustomersQuery>;

const params = z.strictObject({ customer_id: Id });

const list = {
  summary: 'List customers',
  description: `\`search=field=value,field2=value2\` finds customers whose every named field contains its value, in any
case. \`expand=contacts,default_payment_method\` adds these to each row.`,
  query: CustomersQuery,
  response: CustomerList,
  errors: ['cursor_invalid'],
} as const;

const create = {
  summary: 'Create a customer',
  description: 'An address here becomes the default one of the address book.',
  body: CustomerInput,
  response: Customer,
  errors: ['external_id_taken'],
} as const;

export const customerOperations = {
  'GET /customer': list,
  'GET /customers': { ...list, summary: 'List customers (same as /customer)' },
  'POST /customer': create,
  'POST /customers': { ...create, summary: 'Create a customer (same as /customer)' },
  'GET /customers/:customer_id': {
    summary: 'Get a customer',
    description: 'The `ETag` names this state of the customer; a change can be made dependent on it.',
    params,
    response: Customer,
    errors: ['customer_not_found'],
  },
  'PATCH /customers/:customer_id': {
    summary: 'Change a customer',
    description: `Only the fields given change; null clears. An address, \`tax_info\`, \`contacts\`, \`custom_data\` and
\`custom_attributes\` are replaced as a whole. With \`If-Match: <ETag>\` a customer that has changed since is left as it is
(412). A profile form that the customer has open sees the change as a conflict.`,
    params,
    body: CustomerPatch,
    response: Customer,
    errors: ['customer_not_found', 'external_id_taken', 'precondition_failed'],
  },
  'DELETE /customers/:customer_id': {
    summary: 'Delete a customer',
    description: `Its portal sessions end at once, and lists of customers and contacts leave it out. Its \`external_id\`
is free again. Invoices, payments and entitlements stay in the books, also those that are open, and can still be read and
settled; no portal shows them any more. It cannot be undone.`,
    params,
    response: Deleted,
    errors: ['customer_not_found'],
  },
} as const satisfies Operations;
