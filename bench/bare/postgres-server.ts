import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { queries } from './queries.ts';

/**
 * The baseline of the lists on PostgreSQL: a pool, one named prepared statement a list and JSON.stringify; no credential, no
 * checks, no count, no headers of ours, and a role that row-level security does not concern.
 * It has as many connections as ours has by default.
 */
const [connectionString = '', organisationId = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });

const answer = async (list: string, customerId: string): Promise<string> => {
  const text = queries[list] ?? '';
  const values = text.includes('$2') ? [organisationId, customerId] : [organisationId];
  const { rows } = await pool.query<{ id: string }>({ name: list, text, values });
  return JSON.stringify({ results: rows });
};

const server = createServer((req, res) => {
  const [, list = '', customerId = ''] = (req.url ?? '').split('/');
  answer(list, customerId).then(
    (body) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      res.end(body);
    },
    (error: unknown) => {
      res.writeHead(500).end(String(error));
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => {
  process.exit();
});
