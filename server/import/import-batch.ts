import type { PaymentMethod } from '#contract/payments.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { CustomerTable } from '../customers/customers.table.ts';
import type { Trx } from '../database/transaction.ts';
import { passOverNumbers } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  insertCustomers,
  insertImported,
  listCustomers,
  listImported,
  updateCustomer,
  updateImported,
} from './import.repository.ts';
import type { CustomerFacts, RowFacts } from './read-row.ts';
import { isSameRow, rowsOf } from './rows.ts';
import type { ImportedInvoice } from './rows.ts';

export interface Change {
  created: number;
  updated: number;
  unchanged: number;
}

export interface ReadRow extends RowFacts {
  line: number;
  values: readonly string[];
}

export interface Rejection {
  line: number;
  reason: string;
  values: readonly string[];
}

export interface BatchResult {
  customers: Change;
  invoices: Change;
  /** Rows that say again what an earlier row said. */
  repeated: number;
  rejected: Rejection[];
}

/** What a run has taken from its file so far. It takes about 200 bytes an invoice. */
export interface Seen {
  customers: Set<string>;
  invoices: Map<string, { line: number; fingerprint: string }>;
}

/** What all batches of a run have in common. */
export interface BatchContext {
  clock: Clock;
  scope: OrganisationScope;
  method: PaymentMethod;
  seen: Seen;
}

interface Batch extends BatchContext {
  trx: Trx;
  result: BatchResult;
}

const unchanging = (): Change => ({ created: 0, updated: 0, unchanged: 0 });

/** Drops the rows that repeat an earlier one, and rejects those that contradict it. */
const withoutDuplicates = ({ seen, result }: Batch, rows: readonly ReadRow[]): ReadRow[] =>
  rows.filter((row) => {
    const first = seen.invoices.get(row.invoice.externalId);
    if (first === undefined) {
      const { line, fingerprint } = row;
      seen.invoices.set(row.invoice.externalId, { line, fingerprint });
    } else if (first.fingerprint === row.fingerprint) {
      result.repeated += 1;
    } else {
      const reason = `invoice ${row.invoice.externalId} is on line ${first.line} already, with other content`;
      result.rejected.push({ line: row.line, reason, values: row.values });
    }
    return first === undefined;
  });

const customerRow = (batch: Batch, facts: CustomerFacts, at: string): CustomerTable => ({
  organisation_id: batch.scope.organisationId,
  id: newId(batch.clock),
  email: null,
  phone_number: null,
  tax_info: '[]',
  custom_data: null,
  communications_enabled: 1,
  auto_charge_enabled: 1,
  time_zone: null,
  locale: null,
  version: 1,
  created_at: at,
  updated_at: at,
  deleted_at: null,
  custom_attributes: null,
  business_entity_id: null,
  ...facts,
});

/** A customer is what the first row of the file that names it says. Answers all customers of the rows by external id. */
const saveCustomers = async (batch: Batch, rows: readonly ReadRow[]): Promise<Map<string, CustomerTable>> => {
  const { trx, clock, scope, seen, result } = batch;
  const firstRows = new Map([...rows].reverse().map((row) => [row.customer.external_id, row]));
  const externalIds = [...firstRows.keys()];
  const customers = new Map((await listCustomers(trx, scope, externalIds)).map((row) => [row.external_id ?? '', row]));
  const at = timestamp(clock.now());
  const made: CustomerTable[] = [];
  for (const [externalId, { customer: facts }] of firstRows) {
    const stored = customers.get(externalId);
    const isSeen = seen.customers.has(externalId);
    seen.customers.add(externalId);
    if (isSeen || (stored !== undefined && stored.deleted_at !== null)) {
      continue;
    }
    if (stored === undefined) {
      const row = customerRow(batch, facts, at);
      made.push(row);
      customers.set(externalId, row);
      result.customers.created += 1;
    } else if (isSameRow(facts, stored)) {
      result.customers.unchanged += 1;
    } else {
      await updateCustomer(trx, scope, stored.id, { ...facts, updated_at: at });
      result.customers.updated += 1;
    }
  }
  await insertCustomers(trx, made);
  return customers;
};

const saveInvoices = async (
  { trx, clock, scope, method, result }: Batch,
  rows: readonly ReadRow[],
  customers: ReadonlyMap<string, CustomerTable>,
): Promise<void> => {
  const externalIds = rows.map((row) => row.invoice.externalId);
  const imported = await listImported(trx, scope, externalIds);
  const made: ImportedInvoice[] = [];
  for (const row of rows) {
    const customer = customers.get(row.customer.external_id);
    if (customer === undefined || customer.deleted_at !== null) {
      const reason = `customer ${row.customer.external_id} has been deleted`;
      result.rejected.push({ line: row.line, reason, values: row.values });
      continue;
    }
    const stored = imported.get(row.invoice.externalId);
    const ids = {
      invoice: stored?.invoice.id ?? newId(clock),
      line: stored?.line.id ?? newId(clock),
      payment: stored?.payment?.id ?? newId(clock),
    };
    const wanted = rowsOf(row.invoice, scope, customer.id, ids, method, clock.now());
    if (stored === undefined) {
      made.push(wanted);
      result.invoices.created += 1;
    } else if (
      isSameRow(wanted.invoice, stored.invoice) &&
      isSameRow(wanted.line, stored.line) &&
      isSameRow(wanted.payment, stored.payment, ['created_at'])
    ) {
      result.invoices.unchanged += 1;
    } else {
      await updateImported(trx, stored, wanted);
      result.invoices.updated += 1;
    }
  }
  const numbers = made.map(({ invoice }) => invoice.invoice_number);
  await passOverNumbers(trx, scope, 'invoice', numbers);
  await insertImported(trx, made);
};

/** Stores the rows of one transaction. When that fails, the run is over: what it has seen would be wrong. */
export const importBatch = async (trx: Trx, context: BatchContext, rows: readonly ReadRow[]): Promise<BatchResult> => {
  const result: BatchResult = { customers: unchanging(), invoices: unchanging(), repeated: 0, rejected: [] };
  const batch: Batch = { ...context, trx, result };
  const fresh = withoutDuplicates(batch, rows);
  if (fresh.length > 0) {
    const customers = await saveCustomers(batch, fresh);
    await saveInvoices(batch, fresh, customers);
  }
  return result;
};
