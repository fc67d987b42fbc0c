import type { LineItemInput } from '#contract/merchant-invoice-input.ts';
import { findContractReferences } from '../contracts/contracts.service.ts';
import { findCustomerIds } from '../customers/customers.service.ts';
import type { Trx } from '../database/transaction.ts';
import { invalid, referenceUnknown } from '../http/errors.ts';
import { findProductReferences } from '../products/products.service.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceChange } from './invoice-state.ts';

interface Contract {
  id: string;
  customer_id: string;
}

/** The records that invoices name, found for a whole batch at once. Undefined is what was not named, null no record. */
export interface References {
  /** @throws HttpError 422 for a customer that is not there */
  customerIdOf(change: InvoiceChange): string | undefined;
  /** @throws HttpError 422 for a contract that is not there */
  contractOf(change: InvoiceChange): Contract | null | undefined;
  /** @throws HttpError 422 for a product that is not there */
  productIdsOf(lines: readonly LineItemInput[]): (string | null)[];
}

interface Named {
  ids: Set<string>;
  externalIds: Set<string>;
}

const noneNamed = (): Named => ({ ids: new Set(), externalIds: new Set() });

const name = ({ ids, externalIds }: Named, id: string | null | undefined, externalId: string | null | undefined) => {
  if (id != null) {
    ids.add(id);
  }
  if (externalId != null) {
    externalIds.add(externalId);
  }
};

const find = async <Row extends { id: string; external_id: string | null }>(
  { ids, externalIds }: Named,
  list: (references: { ids: string[]; externalIds: string[] }) => Promise<Row[]>,
) => {
  const isAny = ids.size + externalIds.size > 0;
  const rows = isAny ? await list({ ids: [...ids], externalIds: [...externalIds] }) : [];
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    byExternalId: new Map(rows.map((row) => [row.external_id, row])),
  };
};

/** Looks up every customer, contract and product that these invoices name. */
export const findReferences = async (
  trx: Trx,
  scope: OrganisationScope,
  changes: readonly InvoiceChange[],
): Promise<References> => {
  const named = { customers: noneNamed(), contracts: noneNamed(), products: noneNamed() };
  for (const change of changes) {
    name(named.customers, change.customer_id, change.customer_external_id);
    name(named.contracts, change.contract_id, change.contract_external_id);
    for (const line of change.line_items ?? []) {
      name(named.products, line.product_id, line.product_external_id);
    }
  }
  const customers = await findCustomerIds(trx, scope, named.customers);
  const contracts = await find(named.contracts, (references) => findContractReferences(trx, scope, references));
  const products = await find(named.products, (references) => findProductReferences(trx, scope, references));

  return {
    customerIdOf: ({ customer_id: id, customer_external_id: externalId }) => {
      if (id !== undefined && !customers.ids.has(id)) {
        throw referenceUnknown('customer_id', 'customer');
      }
      if (externalId === undefined) {
        return id;
      }
      const found = customers.byExternalId.get(externalId);
      if (found === undefined) {
        throw referenceUnknown('customer_external_id', 'customer');
      }
      return found;
    },

    contractOf: ({ contract_id: id, contract_external_id: externalId }) => {
      if (id === undefined && externalId === undefined) {
        return undefined;
      }
      if (id == null && externalId == null) {
        return null;
      }
      const found = id == null ? contracts.byExternalId.get(externalId ?? null) : contracts.byId.get(id);
      if (found === undefined) {
        throw referenceUnknown(id == null ? 'contract_external_id' : 'contract_id', 'contract');
      }
      return found;
    },

    productIdsOf: (lines) =>
      lines.map(({ product_id: id, product_external_id: externalId }, index) => {
        if (id == null && externalId == null) {
          return null;
        }
        const found = id == null ? products.byExternalId.get(externalId ?? null) : products.byId.get(id);
        if (found === undefined) {
          const loc = ['body', 'line_items', index, id == null ? 'product_external_id' : 'product_id'];
          throw invalid([{ loc, msg: 'There is no such product', type: 'reference_unknown' }]);
        }
        return found.id;
      }),
  };
};
