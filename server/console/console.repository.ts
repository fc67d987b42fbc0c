import { expressionBuilder, sql } from 'kysely';
import type { ConsoleCustomerOrderField } from '#contract/console.ts';
import { PortalInvoiceStatus } from '#contract/invoices.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage, never } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import { contains } from '../database/search.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import { openStatuses } from '../invoices/invoice-statuses.ts';
import { currencyDecimals } from '../money.ts';
import type { OrganisationScope } from '../scope.ts';

const lastText = '\u{10ffff}';
const finestDecimals = 3;

const eb = expressionBuilder<Tables, 'customer'>();
const invoices = expressionBuilder<Tables, 'invoice'>();

const isOpen = invoices.and([
  invoices('invoice.amount_due', '>', invoices.lit(0)),
  invoices('invoice.status', 'in', openStatuses),
]);

const currenciesWith = (decimals: number): string[] =>
  Intl.supportedValuesOf('currency').filter((currency) => currencyDecimals(currency) === decimals);

/** Makes amounts comparable by the figure that is shown, whatever decimals their currencies have. */
const toFinest = invoices
  .case()
  .when('invoice.currency', 'in', currenciesWith(0))
  .then(10 ** finestDecimals)
  .when('invoice.currency', 'in', currenciesWith(finestDecimals))
  .then(1)
  .else(10 ** (finestDecimals - 2))
  .end();

/** The largest figure that the customer owes in any one currency: amounts of several are never added. */
const largestDue = eb.fn.coalesce(
  eb
    .selectFrom(
      eb
        .selectFrom('invoice')
        .select(invoices(invoices.fn.sum<number>('invoice.amount_due'), '*', toFinest).as('figure'))
        .whereRef('invoice.organisation_id', '=', 'customer.organisation_id')
        .whereRef('invoice.customer_id', '=', 'customer.id')
        .where(isOpen)
        .groupBy('invoice.currency')
        .as('owed'),
    )
    .select((owed) => owed.fn.max<number>('owed.figure').as('largest'))
    .$asScalar(),
  eb.lit(0),
);

const lastInvoiceAt = eb
  .selectFrom('invoice')
  .select('invoice.created_at')
  .whereRef('invoice.organisation_id', '=', 'customer.organisation_id')
  .whereRef('invoice.customer_id', '=', 'customer.id')
  .where('invoice.status', 'in', PortalInvoiceStatus.options)
  .orderBy('invoice.created_at', 'desc')
  .limit(1)
  .$asScalar();

const lowerOrLast = (column: 'customer.email' | 'customer.external_id', isDescending: boolean) =>
  eb.fn.coalesce(eb.fn<string | null>('lower', [column]), eb.val(isDescending ? '' : lastText));

const ordering: Ordering<ConsoleCustomerOrderField> = {
  list: 'console_customers',
  isAudited: true,
  id: eb.ref('customer.id'),
  by: {
    customer_name: () => sql<string>`lower(${eb.ref('customer.customer_name')})`,
    email: (isDescending) => lowerOrLast('customer.email', isDescending),
    external_id: (isDescending) => lowerOrLast('customer.external_id', isDescending),
    amount_due: () => largestDue,
    last_invoice_at: (isDescending) => eb.fn.coalesce(lastInvoiceAt, eb.val(isDescending ? '' : never)),
    created_at: () => eb.ref('customer.created_at'),
  },
};

export interface CustomerListRow {
  id: string;
  customer_name: string;
  email: string | null;
  external_id: string | null;
  last_invoice_at: string | null;
  created_at: string;
}

const selectCustomers = (db: Db, scope: OrganisationScope) =>
  db
    .selectFrom('customer')
    .select([
      'customer.id',
      'customer.customer_name',
      'customer.email',
      'customer.external_id',
      'customer.created_at',
      lastInvoiceAt.as('last_invoice_at'),
    ])
    .where('customer.organisation_id', '=', scope.organisationId)
    .where('customer.deleted_at', 'is', null);

/** @throws HttpError 422 `cursor_invalid` */
export const findCustomerPage = (
  db: Db,
  scope: OrganisationScope,
  { search, ...page }: PageQuery<ConsoleCustomerOrderField> & { search?: string | undefined },
  signingKeys: SigningKeys,
): Promise<ListOf<CustomerListRow>> => {
  let query = selectCustomers(db, scope);
  if (search) {
    query = query.where(
      eb.or([
        contains(eb.ref('customer.customer_name'), search),
        contains(eb.ref('customer.email'), search),
        contains(eb.ref('customer.external_id'), search),
      ]),
    );
  }
  return listPage(scope, query, ordering, page, signingKeys);
};

export const findCustomerRow = (db: Db, scope: OrganisationScope, id: string): Promise<CustomerListRow | undefined> =>
  selectCustomers(db, scope).where('customer.id', '=', id).executeTakeFirst();

export interface AmountDueRow {
  customer_id: string;
  currency: string;
  amount_due: number;
}

/** What each of these customers owes: a row a currency. */
export const findAmountsDue = (db: Db, scope: OrganisationScope, customerIds: string[]): Promise<AmountDueRow[]> =>
  db
    .selectFrom('invoice')
    .select(['invoice.customer_id', 'invoice.currency', invoices.fn.sum<number>('invoice.amount_due').as('amount_due')])
    .where('invoice.organisation_id', '=', scope.organisationId)
    .where('invoice.customer_id', 'in', customerIds)
    .where(isOpen)
    .groupBy(['invoice.customer_id', 'invoice.currency'])
    .orderBy('invoice.currency')
    .execute();
