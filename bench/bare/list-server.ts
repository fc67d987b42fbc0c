import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRows } from './rows.ts';

/** The baseline: as little as can answer the same rows. No credential, no checks, no count, no headers of ours. */
const [file = '', organisationId = ''] = process.argv.slice(2);
const rows = openRows(file, organisationId);

const server = createServer((req, res) => {
  res.setHeader('content-type', 'application/json');
  res.end(rows((req.url ?? '').slice(1)));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
