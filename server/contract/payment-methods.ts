import { z } from 'zod';
import { CountryCodeInput } from './countries.ts';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { Deleted, ExternalId, Id, lineOf, listOf, Timestamp } from './primitives.ts';

const Detail = lineOf(64).nullable().optional();

export const AttachPaymentMethod = z
  .strictObject({
    payment_method_id: ExternalId.describe("The payment provider's id of it; answered as external_id"),
    connector: lineOf(255).min(1).describe('The payment provider: its name, or the id of the connection to it'),
    set_as_default: z.boolean().optional().describe('A customer without a default gets this one in any case'),
    type: lineOf(64)
      .min(1)
      .optional()
      .meta({ description: 'For example card or bank_transfer. Default: other', examples: ['card'] }),
    details: z
      .strictObject({ brand: Detail, last4: lineOf(4).nullable().optional(), bank_name: Detail })
      .optional()
      .describe('What the customer knows it by; never a whole number'),
    country: CountryCodeInput.nullable()
      .optional()
      .meta({ examples: ['DE'] }),
  })
  .meta({ id: 'AttachPaymentMethod' });
export type AttachPaymentMethod = z.infer<typeof AttachPaymentMethod>;

const details = z.object({
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  bank_name: z.string().nullable(),
});

export const CustomerPaymentMethod = z
  .object({
    id: Id,
    customer_id: Id,
    organisation_id: Id,
    connector_id: z.string().nullable(),
    connector_name: z.string(),
    external_id: z.string().meta({ description: "The payment provider's id of it", examples: ['pm_1QxT4f'] }),
    is_default: z.boolean(),
    status: z.string().meta({ examples: ['active'] }),
    country: z
      .string()
      .nullable()
      .meta({ examples: ['DE'] }),
    type: z.string().meta({ examples: ['card'] }),
    details,
    created_at: Timestamp,
  })
  .meta({ id: 'CustomerPaymentMethod' });
export type CustomerPaymentMethod = z.infer<typeof CustomerPaymentMethod>;

/** The default payment method, as the customer shows it. */
export const DefaultPaymentMethod = z
  .object({ id: Id, type: z.string().meta({ examples: ['card'] }), details, connector_name: z.string() })
  .meta({ id: 'DefaultPaymentMethod' });
export type DefaultPaymentMethod = z.infer<typeof DefaultPaymentMethod>;

export const CustomerPaymentMethodList = listOf(CustomerPaymentMethod).meta({ id: 'CustomerPaymentMethodList' });
export type CustomerPaymentMethodList = z.infer<typeof CustomerPaymentMethodList>;

export const CustomerPaymentMethodsQuery = merchantListQuery({
  fields: { id: 'id', external_id: 'text', is_default: 'flag', type: 'text', connector_name: 'text' },
  orders: ['created_at'],
  order: 'created_at',
  extra: {},
});
export type CustomerPaymentMethodsQuery = z.infer<typeof CustomerPaymentMethodsQuery>;

const ofCustomer = z.strictObject({ customer_id: Id });

export const paymentMethodOperations = {
  'GET /customers/:customer_id/payment_methods': {
    summary: "List a customer's payment methods",
    params: ofCustomer,
    query: CustomerPaymentMethodsQuery,
    response: CustomerPaymentMethodList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'POST /customers/:customer_id/payment_methods/attach': {
    summary: 'Attach a payment method to a customer',
    description: `Records a payment method that a payment provider keeps; the provider is not asked. Attaching the same
\`payment_method_id\` again changes what is given and keeps the rest.`,
    params: ofCustomer,
    body: AttachPaymentMethod,
    response: CustomerPaymentMethod,
    errors: ['customer_not_found'],
  },
  'DELETE /customers/:customer_id/payment_methods/:payment_method_id': {
    summary: 'Detach a payment method',
    description: 'When it was the default, the customer has none until another is attached or set as default.',
    params: z.strictObject({ customer_id: Id, payment_method_id: Id }),
    response: Deleted,
    errors: ['customer_not_found', 'payment_method_not_found'],
  },
} as const satisfies Operations;
