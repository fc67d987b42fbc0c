import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerView } from '../customers/customer-view.ts';
import { findAllocations, findPaymentsOfInvoice } from '../payments/payments.repository.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import type { Db } from './transaction.ts';

let folder: string;
let db: Db;
const statements: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-test-'));
  db = openDatabase(`sqlite:${join(folder, 'portal.sqlite')}`, undefined, {
    statement: (text) => {
      statements.push(text);
      return undefined;
    },
    began: () => ({ ended: () => undefined }),
  });
  await migrate(db);
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const planOf = async (query: string): Promise<string> => {
  const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${query}`).execute(db);
  return rows.map(({ detail }) => detail).join('\n');
};

const many = Array.from({ length: 500 }, (_, index) => `'${index}'`).join();

it.each([
  [`select * from invoice where organisation_id = '' and external_id in (${many})`, 'external_id=?'],
  [`select * from invoice where organisation_id = '' and id in (${many})`, 'id=?'],
  [`select * from payment where organisation_id = '' and external_id in (${many})`, 'external_id=?'],
  [`select * from payment_allocation where organisation_id = '' and invoice_id = ''`, 'invoice_id=?'],
  [`select * from credit_note where organisation_id = '' and invoice_id = ''`, 'invoice_id=?'],
  [`select * from customer_entitlement where organisation_id = '' and customer_id = ''`, 'customer_id=?'],
  [`select * from contact where organisation_id = '' and customer_id in (${many}) order by email`, 'customer_id=?'],
  [
    `select * from customer where organisation_id = '' and (id in (${many}) or external_id in (${many}))`,
    'external_id=?',
  ],
])('a new database finds a few rows of an organisation without reading all of them: %.60s', async (query, key) => {
  expect(await planOf(query)).toContain(`(organisation_id=? AND ${key})`);
});

it('a new database reads the pages of a customer and of an organisation in their order', async () => {
  const page = 'order by created_at desc, id desc limit 11';
  for (const query of [
    `select * from invoice where organisation_id = '' and customer_id = '' ${page}`,
    `select * from invoice where organisation_id = '' ${page}`,
    `select * from customer where organisation_id = '' and deleted_at is null ${page}`,
  ]) {
    expect(await planOf(query)).not.toContain('TEMP B-TREE');
  }
});

it('an organisation clears away its expired keys in the order in which they end, without looking at those that last', async () => {
  const plan = await planOf(
    "select key from idempotency_key where organisation_id = '' and expires_at < '' order by expires_at limit 100",
  );
  expect(plan).toContain('idempotency_key_by_end (organisation_id=? AND expires_at<?)');
  expect(plan).not.toContain('TEMP B-TREE');
});

it('begins with the payments of a page, or with the one invoice, and never with all that a customer has', async () => {
  const view: CustomerView = {
    scope: { organisationId: '', customerId: '' },
    timeZone: 'UTC',
    audience: 'customer',
  };
  const statementOf = async (work: () => Promise<unknown>): Promise<string> => {
    await work();
    return (statements.at(-1) ?? '').replaceAll('?', "''");
  };
  const ofPayments = await planOf(await statementOf(() => findAllocations(db, view, ['a', 'b'])));
  expect(ofPayments).toContain('SEARCH allocation USING PRIMARY KEY (organisation_id=? AND payment_id=?)');
  expect(ofPayments).toMatch(/SEARCH invoice USING INDEX \w+ \(organisation_id=\? AND id=\?/);
  const ofInvoice = await planOf(await statementOf(() => findPaymentsOfInvoice(db, view.scope, 'a')));
  expect(ofInvoice).toContain('SEARCH allocation USING INDEX payment_allocation_by_invoice');
  expect(ofInvoice).toMatch(/SEARCH payment USING INDEX \w+ \(organisation_id=\? AND id=\?/);
});
