import type { Contact, ContactInput, ContactList, ContactPatch, ContactsQuery } from '#contract/contacts.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, referenceUnknown } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { changingCustomer } from './changing-customer.ts';
import { changedContact, newContact } from './contact-columns.ts';
import { findContact, findContactPage } from './contacts.repository.ts';
import { deleteRows, upsertContacts } from './customer-parts.repository.ts';
import { presentContact } from './customers.present.ts';
import { findCustomerByReference } from './customers.service.ts';
import type { ContactTable } from './customers.table.ts';

/** @throws HttpError 422 `cursor_invalid` */
export const listContacts = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: ContactsQuery,
): Promise<ContactList> => {
  const page = await findContactPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentContact) };
};

const getRow = async (db: Db, scope: OrganisationScope, id: string): Promise<ContactTable> => {
  const contact = await findContact(db, scope, id);
  if (contact === undefined) {
    throw notFound('contact_not_found', 'There is no such contact');
  }
  return contact;
};

/** @throws HttpError 404 `contact_not_found` */
export const getContact = async (db: Db, scope: OrganisationScope, id: string): Promise<Contact> =>
  presentContact(await getRow(db, scope, id));

/** @throws HttpError 422 for a customer that is not there */
export const createContact = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { customer: id, customer_external_id: externalId, ...fields }: ContactInput,
): Promise<Contact> => {
  const customer = await findCustomerByReference(trx, scope, { id, externalId });
  if (customer === undefined) {
    throw referenceUnknown(id === undefined ? 'customer_external_id' : 'customer', 'customer');
  }
  return changingCustomer(trx, clock, { ...scope, customerId: customer.id }, async () => {
    const contact = newContact(clock, customer, fields);
    await upsertContacts(trx, [contact]);
    const detail = { contact_id: contact.id, email: contact.email };
    await audit(trx, clock, scope, { ...author, action: 'contact.created', customerId: customer.id, detail });
    return presentContact(contact);
  });
};

/** @throws HttpError 404 `contact_not_found` */
export const changeContact = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, patch }: { id: string; patch: ContactPatch },
): Promise<Contact> => {
  const stored = await getRow(trx, scope, id);
  const contact = changedContact(clock, stored, patch);
  if (contact === stored) {
    return presentContact(stored);
  }
  const { customer_id: customerId } = stored;
  return changingCustomer(trx, clock, { ...scope, customerId }, async () => {
    await upsertContacts(trx, [contact]);
    const detail = { contact_id: id, email: contact.email, fields: changedFields(stored, contact) };
    await audit(trx, clock, scope, { ...author, action: 'contact.updated', customerId, detail });
    return presentContact(contact);
  });
};

/** @throws HttpError 404 `contact_not_found` */
export const deleteContact = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  id: string,
  { actor, requestId }: Author,
): Promise<void> => {
  const { customer_id: customerId, email } = await getRow(trx, scope, id);
  await changingCustomer(trx, clock, { ...scope, customerId }, () => deleteRows(trx, scope, 'contact', [id]));
  await audit(trx, clock, scope, {
    actor,
    action: 'contact.deleted',
    customerId,
    detail: { contact_id: id, email },
    requestId,
  });
};
