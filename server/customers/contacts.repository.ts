import { expressionBuilder } from 'kysely';
import type { ContactsQuery } from '#contract/contacts.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { ContactTable } from './customers.table.ts';

const eb = expressionBuilder<Tables, 'contact' | 'customer'>();

const columns: FilterColumns<ContactsQuery['conditions'][number]['field']> = {
  id: eb.ref('contact.id'),
  customer: eb.ref('contact.customer_id'),
  customer__external_id: eb.ref('customer.external_id'),
  email: eb.ref('contact.email'),
  first_name: eb.ref('contact.first_name'),
  last_name: eb.ref('contact.last_name'),
  send_contract: eb.ref('contact.send_contract'),
  send_invoice: eb.ref('contact.send_invoice'),
  created_at: eb.ref('contact.created_at'),
};

const ordering: Ordering<'created_at' | 'email'> = {
  list: 'merchant_contacts',
  isAudited: true,
  id: eb.ref('contact.id'),
  by: {
    created_at: () => eb.ref('contact.created_at'),
    email: () => eb.fn<string>('lower', ['contact.email']),
  },
};

/** Those of customers that are not deleted. */
const selectContacts = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('contact')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'contact.organisation_id')
        .onRef('customer.id', '=', 'contact.customer_id'),
    )
    .selectAll('contact')
    .where('contact.organisation_id', '=', organisationId)
    .where('customer.deleted_at', 'is', null);

/** @throws HttpError 422 `cursor_invalid` */
export const findContactPage = (
  db: Db,
  scope: OrganisationScope,
  { conditions, ...page }: ContactsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<ContactTable>> =>
  listPage(scope, filtered(selectContacts(db, scope), columns, conditions), ordering, page, signingKeys);

export const findContact = (db: Db, scope: OrganisationScope, id: string): Promise<ContactTable | undefined> =>
  selectContacts(db, scope).where('contact.id', '=', id).executeTakeFirst();
