import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import BetterSqlite from 'better-sqlite3';

/** The baseline: as little as can answer the same rows. No credential, no checks, no count, no headers of ours. */
const [file = '', organisationId = ''] = process.argv.slice(2);
const sqlite = new BetterSqlite(file, { readonly: true });
const list = sqlite.prepare(
  `select id, invoice_number, status, currency, coalesce(net_invoice_total, invoice_total) as invoice_total, amount_due,
     coalesce(due_date, promise_due_date) as due_date, period_begin, period_end_exclusive, created_at
   from invoice
   where organisation_id = ? and customer_id = ? and status not in ('draft', 'edited', 'discarded')
   order by created_at desc, id desc limit 25`,
);

const server = createServer((req, res) => {
  const customerId = (req.url ?? '').slice(1);
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ results: list.all(organisationId, customerId) }));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
