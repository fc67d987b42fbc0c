import { z } from 'zod';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { Deleted, ExternalId, Id, lineOf, listOf, Timestamp } from './primitives.ts';
import { exactlyOneOf } from './references.ts';

const Name = lineOf(255).nullable().optional();

const contactFields = {
  email: z.email().max(320),
  first_name: Name,
  last_name: Name,
  send_contract: z.boolean().optional().describe('Default: false'),
  send_invoice: z.boolean().optional().describe('Default: true'),
};

/** A contact as part of its customer. */
export const ContactFields = z.strictObject(contactFields).meta({ id: 'ContactFields' });
export type ContactFields = z.infer<typeof ContactFields>;

export const ContactInput = z
  .strictObject({ customer: Id.optional(), customer_external_id: ExternalId.optional(), ...contactFields })
  .refine(...exactlyOneOf('customer', 'customer_external_id'))
  .meta({
    id: 'ContactInput',
    examples: [
      { customer_external_id: 'crm-4711', email: 'lena@aurora.example', first_name: 'Lena', last_name: 'Okafor' },
    ],
  });
export type ContactInput = z.infer<typeof ContactInput>;

export const ContactPatch = ContactFields.partial().meta({ id: 'ContactPatch' });
export type ContactPatch = z.infer<typeof ContactPatch>;

export const Contact = z
  .object({
    id: Id,
    customer: Id.describe("The customer's id"),
    email: z.string(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    send_contract: z.boolean(),
    send_invoice: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof Contact>;

export const ContactList = listOf(Contact).meta({ id: 'ContactList' });
export type ContactList = z.infer<typeof ContactList>;

export const ContactsQuery = merchantListQuery({
  fields: {
    id: 'id',
    customer: 'id',
    customer__external_id: 'text',
    email: 'text',
    first_name: 'text',
    last_name: 'text',
    send_contract: 'flag',
    send_invoice: 'flag',
    created_at: 'moment',
  },
  orders: ['created_at', 'email'],
  order: '-created_at',
  extra: {},
});
export type ContactsQuery = z.infer<typeof ContactsQuery>;

const params = z.strictObject({ contact_id: Id });

export const contactOperations = {
  'GET /contacts': {
    summary: 'List contacts',
    query: ContactsQuery,
    response: ContactList,
    errors: ['cursor_invalid'],
  },
  'POST /contacts': {
    summary: 'Create a contact',
    description: 'The customer is named by `customer` (its id) or by `customer_external_id`.',
    body: ContactInput,
    response: Contact,
  },
  'GET /contacts/:contact_id': {
    summary: 'Get a contact',
    params,
    response: Contact,
    errors: ['contact_not_found'],
  },
  'PATCH /contacts/:contact_id': {
    summary: 'Change a contact',
    description: 'Only the fields given change; null clears. A contact stays with its customer.',
    params,
    body: ContactPatch,
    response: Contact,
    errors: ['contact_not_found'],
  },
  'DELETE /contacts/:contact_id': {
    summary: 'Delete a contact',
    params,
    response: Deleted,
    errors: ['contact_not_found'],
  },
} as const satisfies Operations;
