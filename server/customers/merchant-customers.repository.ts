import { expressionBuilder, sql } from 'kysely';
import type { CustomerOrderField, CustomersQuery } from '#contract/customers.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { CustomerTable } from './customers.table.ts';

const lastText = '\u{10ffff}';

const eb = expressionBuilder<Tables, 'customer'>();

type Field = CustomersQuery['conditions'][number]['field'];

const columns: FilterColumns<Field> = {
  id: eb.ref('customer.id'),
  external_id: eb.ref('customer.external_id'),
  customer_name: eb.ref('customer.customer_name'),
  email: eb.ref('customer.email'),
  phone_number: eb.ref('customer.phone_number'),
  business_entity_id: eb.ref('customer.business_entity_id'),
  communications_enabled: eb.ref('customer.communications_enabled'),
  auto_charge_enabled: eb.ref('customer.auto_charge_enabled'),
  created_at: eb.ref('customer.created_at'),
  updated_at: eb.ref('customer.updated_at'),
};

const lowerOrLast = (column: 'customer.email' | 'customer.external_id', isDescending: boolean) =>
  eb.fn.coalesce(eb.fn<string | null>('lower', [column]), eb.val(isDescending ? '' : lastText));

const ordering: Ordering<CustomerOrderField> = {
  list: 'merchant_customers',
  isAudited: true,
  id: eb.ref('customer.id'),
  by: {
    created_at: () => eb.ref('customer.created_at'),
    updated_at: () => eb.ref('customer.updated_at'),
    customer_name: () => sql<string>`lower(${eb.ref('customer.customer_name')})`,
    email: (isDescending) => lowerOrLast('customer.email', isDescending),
    external_id: (isDescending) => lowerOrLast('customer.external_id', isDescending),
  },
};

/** @throws HttpError 422 `cursor_invalid` */
export const findCustomerPage = (
  db: Db,
  scope: OrganisationScope,
  { conditions, search, search_name_external_id: text, ...page }: CustomersQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<CustomerTable>> => {
  const live = db
    .selectFrom('customer')
    .selectAll('customer')
    .where('customer.organisation_id', '=', scope.organisationId)
    .where('customer.deleted_at', 'is', null);
  const query = text
    ? live.where(
        eb.or([contains(eb.ref('customer.customer_name'), text), contains(eb.ref('customer.external_id'), text)]),
      )
    : live;
  return listPage(scope, filtered(query, columns, [...conditions, ...(search ?? [])]), ordering, page, signingKeys);
};
