import type { LineItemInput } from '#contract/merchant-invoice-input.ts';
import { findReferenced } from '../bulk/references.ts';
import type { Reference } from '../bulk/references.ts';
import { findContractReferences } from '../contracts/contracts.service.ts';
import { findPastAndPresentCustomers } from '../customers/customers.service.ts';
import type { CustomerReference } from '../customers/customers.service.ts';
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
  /**
   * The customer that the invoice will be of: the one that is named, else the one that has it.
   * @throws HttpError 422 for a customer that is not there
   */
  customerOf(change: InvoiceChange, holderId: string): CustomerReference;
  /** @throws HttpError 422 for a contract that is not there */
  contractOf(change: InvoiceChange): Contract | null | undefined;
  /** @throws HttpError 422 for a product that is not there */
  productIdsOf(lines: readonly LineItemInput[]): (string | null)[];
}

const customerOf = (change: InvoiceChange): Reference => ({
  id: change.customer_id,
  externalId: change.customer_external_id,
});

const contractOf = (change: InvoiceChange): Reference => ({
  id: change.contract_id,
  externalId: change.contract_external_id,
});

const productOf = (line: LineItemInput): Reference => ({ id: line.product_id, externalId: line.product_external_id });

/**
 * Looks up every customer, contract and product that these invoices name. A change that need not name the customer comes
 * with the one that has the invoice, who may have been deleted since.
 */
export const findReferences = async (
  trx: Trx,
  scope: OrganisationScope,
  changes: readonly InvoiceChange[],
  storedHolderId?: string,
): Promise<References> => {
  const lines = changes.flatMap((change) => change.line_items ?? []);
  const holder = { id: storedHolderId, externalId: null };
  const customers = await findReferenced([holder, ...changes.map(customerOf)], (ids) =>
    findPastAndPresentCustomers(trx, scope, ids),
  );
  const contracts = await findReferenced(changes.map(contractOf), (ids) => findContractReferences(trx, scope, ids));
  const products = await findReferenced(lines.map(productOf), (ids) => findProductReferences(trx, scope, ids));

  return {
    customerOf: (change, holderId) => {
      const { id, externalId } = customerOf(change);
      const isNamed = Boolean(id) || Boolean(externalId);
      const found = customers.find(isNamed ? { id, externalId } : { id: holderId, externalId: null });
      if (found === undefined || (isNamed && found.deleted_at !== null)) {
        throw referenceUnknown(externalId ? 'customer_external_id' : 'customer_id', 'customer');
      }
      return found;
    },

    contractOf: (change) => {
      const { id, externalId } = contractOf(change);
      if (!id && !externalId) {
        return id === null || externalId === null ? null : undefined;
      }
      const found = contracts.find({ id, externalId });
      if (found === undefined) {
        throw referenceUnknown(id ? 'contract_id' : 'contract_external_id', 'contract');
      }
      return found;
    },

    productIdsOf: (given) =>
      given.map(productOf).map(({ id, externalId }, index) => {
        if (!id && !externalId) {
          return null;
        }
        const found = products.find({ id, externalId });
        if (found === undefined) {
          const loc = ['body', 'line_items', index, id ? 'product_id' : 'product_external_id'];
          throw invalid([{ loc, msg: 'There is no such product', type: 'reference_unknown' }]);
        }
        return found.id;
      }),
  };
};
