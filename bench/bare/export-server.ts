import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import BetterSqlite from 'better-sqlite3';

/** The baseline of an export: one prepared statement that is iterated, and its values joined with commas. */
const [file = '', organisationId = ''] = process.argv.slice(2);
const sqlite = new BetterSqlite(file, { readonly: true });
const list = sqlite
  .prepare<[string, string], unknown[]>(
    `select invoice_number, status, currency, coalesce(net_invoice_total, invoice_total), amount_due,
       coalesce(due_date, promise_due_date), period_begin, period_end_exclusive, created_at, id
     from invoice
     where organisation_id = +? and customer_id = +? and status not in ('draft', 'edited', 'discarded')
     order by created_at desc, id desc`,
  )
  .raw();
const linesAWrite = 500;

const send = async (res: ServerResponse, customerId: string): Promise<void> => {
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const text = lines.join('');
    lines = [];
    if (!res.write(text)) {
      await once(res, 'drain');
    }
  };
  for (const values of list.iterate(organisationId, customerId)) {
    lines.push(`${values.join(',')}\r\n`);
    if (lines.length === linesAWrite) {
      await flush();
    }
  }
  await flush();
  res.end();
};

const server = createServer((req, res) => {
  res.setHeader('content-type', 'text/csv');
  void send(res, (req.url ?? '').slice(1));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
