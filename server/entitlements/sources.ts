import type { CustomerEntitlementInput } from '#contract/merchant-entitlements.ts';
import { findReferenced } from '../bulk/references.ts';
import type { Reference, Referenced, References } from '../bulk/references.ts';
import { findContractReferences } from '../contracts/contracts.service.ts';
import { findCustomerReferences } from '../customers/customers.service.ts';
import type { CustomerReference } from '../customers/customers.service.ts';
import type { Db } from '../database/transaction.ts';
import { invalid, referenceUnknown } from '../http/errors.ts';
import { findProductReferences } from '../products/products.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { listDefinitions } from './definitions.repository.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';
import { listInvoiceReferences } from './grants.repository.ts';

type Noun = 'customer' | 'entitlement' | 'contract' | 'product' | 'invoice';

/** What a record may name other records by. */
export type SourceFields = { [Field in `${Noun}_id` | `${Noun}_external_id`]?: string | null | undefined };

const referenceOf = (fields: SourceFields, noun: Noun): Reference => ({
  id: fields[`${noun}_id`],
  externalId: fields[`${noun}_external_id`],
});

export const fieldOf = (fields: SourceFields, noun: Noun): string =>
  fields[`${noun}_id`] ? `${noun}_id` : `${noun}_external_id`;

interface Keyed {
  id: string;
  external_id: string | null;
}

/** Everything that some records name, read by one query a kind. */
export interface Sources {
  customers: Referenced<CustomerReference>;
  definitions: Referenced<EntitlementTable>;
  contracts: Referenced<Keyed & { customer_id: string }>;
  products: Referenced<Keyed>;
  invoices: Referenced<Keyed & { customer_id: string }>;
}

/** @param definitionIds External ids of definitions that are wanted besides those that the records name. */
export const readSources = async (
  db: Db,
  scope: OrganisationScope,
  records: readonly SourceFields[],
  definitionIds: readonly string[] = [],
): Promise<Sources> => {
  const read = async <Row extends Keyed>(
    noun: Noun,
    list: (db: Db, scope: OrganisationScope, references: References) => Promise<Row[]>,
    more: readonly string[] = [],
  ): Promise<Referenced<Row>> => {
    const named = records.map((record) => referenceOf(record, noun));
    const references = [...named, ...more.map((externalId) => ({ id: null, externalId }))];
    return findReferenced(references, (ids) => list(db, scope, ids));
  };
  return {
    customers: await read('customer', findCustomerReferences),
    definitions: await read('entitlement', listDefinitions, definitionIds),
    contracts: await read('contract', findContractReferences),
    products: await read('product', findProductReferences),
    invoices: await read('invoice', listInvoiceReferences),
  };
};

/**
 * What a record names of a kind: undefined when it says nothing, null when it says none.
 * @throws HttpError 422 when it is not there
 */
const resolve = <Row extends Keyed>(
  fields: SourceFields,
  noun: Noun,
  rows: Referenced<Row>,
): Row | null | undefined => {
  const reference = referenceOf(fields, noun);
  if (!reference.id && !reference.externalId) {
    return reference.id === null || reference.externalId === null ? null : undefined;
  }
  const row = rows.find(reference);
  if (row === undefined) {
    throw referenceUnknown(fieldOf(fields, noun), noun);
  }
  return row;
};

/** @throws HttpError 422 when none is named, or it is not there */
export const requireCustomer = (sources: Sources, fields: SourceFields): CustomerReference => {
  const customer = resolve(fields, 'customer', sources.customers);
  if (!customer) {
    throw referenceUnknown('customer_id', 'customer');
  }
  return customer;
};

/** @throws HttpError 422 when none is named, or it is not there */
export const requireDefinition = (sources: Sources, fields: SourceFields): EntitlementTable => {
  const definition = resolve(fields, 'entitlement', sources.definitions);
  if (!definition) {
    throw referenceUnknown('entitlement_id', 'entitlement');
  }
  return definition;
};

const ofCustomer = (
  fields: SourceFields,
  noun: 'contract' | 'invoice',
  rows: Sources['contracts'],
  customerId: string,
): string | null | undefined => {
  const row = resolve(fields, noun, rows);
  if (row && row.customer_id !== customerId) {
    const msg = `The ${noun} is another customer's`;
    throw invalid([{ loc: ['body', fieldOf(fields, noun)], msg, type: 'reference_foreign' }]);
  }
  return row && row.id;
};

/** Undefined when nothing is said of the product. */
export const productIdOf = (sources: Sources, fields: SourceFields): string | null | undefined => {
  const product = resolve(fields, 'product', sources.products);
  return product && product.id;
};

type Origin = Pick<CustomerEntitlementTable, 'contract_id' | 'product_id' | 'invoice_id' | 'source_type'>;

/**
 * Where a grant comes from, by what is given of it; what is not stays.
 * @throws HttpError 422 for what is not there, or is another customer's
 */
export const originOf = (
  sources: Sources,
  fields: SourceFields & Pick<CustomerEntitlementInput, 'source_type'>,
  customerId: string,
  before: Origin,
): Origin => {
  const kept = <Value>(given: Value | undefined, value: Value): Value => (given === undefined ? value : given);
  return {
    contract_id: kept(ofCustomer(fields, 'contract', sources.contracts, customerId), before.contract_id),
    product_id: kept(productIdOf(sources, fields), before.product_id),
    invoice_id: kept(ofCustomer(fields, 'invoice', sources.invoices, customerId), before.invoice_id),
    source_type: fields.source_type ?? before.source_type,
  };
};

/** The source of a new grant that does not say it. */
export const sourceTypeOf = (fields: SourceFields): string => {
  const named = (['contract', 'invoice', 'product'] as const).find((noun) => {
    const { id, externalId } = referenceOf(fields, noun);
    return Boolean(id) || Boolean(externalId);
  });
  return named === undefined ? 'Grant' : `${named.charAt(0).toUpperCase()}${named.slice(1)}`;
};
