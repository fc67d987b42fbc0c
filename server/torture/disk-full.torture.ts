import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendBulk } from '../testing/bulk-stream.ts';
import { addFigure } from '../testing/figures.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';
import { mountSmallDisk } from '../testing/small-disk.ts';
import type { SmallDisk } from '../testing/small-disk.ts';
import { merchantOrigin } from '../testing/test-server.ts';

/** Set for the run in a namespace of its own, where everybody may mount. */
const isInside = process.env['MAY_MOUNT'] === '1';
const root = fileURLToPath(new URL('../..', import.meta.url));

let disk: SmallDisk | undefined;
let site: Site | undefined;
beforeAll(async () => {
  disk = await mountSmallDisk(8);
});
afterAll(async () => {
  await site?.remove();
  await disk?.remove();
});

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

const runInside = async (): Promise<void> => {
  const vitest = join(root, 'node_modules', '.bin', 'vitest');
  const words = ['run', '--config', 'server/torture/vitest.config.ts', 'disk-full.torture'];
  await promisify(execFile)('unshare', ['-rm', vitest, ...words], {
    cwd: root,
    env: { ...process.env, MAY_MOUNT: '1' },
  });
};

const mayUnshare = (): Promise<boolean> =>
  promisify(execFile)('unshare', ['-rm', 'true']).then(
    () => true,
    () => false,
  );

it('refuses writes on a full disk, goes on reading, and recovers without a restart', async () => {
  if (disk === undefined) {
    if (!isInside && (await mayUnshare())) {
      await runInside();
    } else {
      addFigure('trial of the full disk', 'not run: nothing can be mounted here');
    }
    return;
  }
  const logFile = join(disk.folder, 'portal.log');
  const logTo = openSync(logFile, 'a');
  site = await makeSite(disk.folder);
  const server: ServerProcess = await site.start({ LOG_LEVEL: 'info' }, { logTo });
  closeSync(logTo);

  const merchant = { organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey };
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as Answer['body']) : {},
    };
  };
  const post = (path: string, body: unknown, key?: string): Promise<Answer> =>
    send('POST', path, { ...merchant, ...(key === undefined ? {} : { 'idempotency-key': key }) }, body);

  const customer = await post('/customers', { customer_name: 'Aurora Analytics' });
  const customerId = String(customer.body['id']);
  const invoice = await post('/invoices', {
    customer_id: customerId,
    currency: 'USD',
    line_items: [{ name: 'Team plan', unit_price: 100 }],
  });
  const open = async (): Promise<Answer> => {
    const session = await post('/customer/session', { customer_id: customerId, return_url: 'https://shop.example/' });
    return send(
      'POST',
      `/portal/${site?.organisation.id ?? ''}/session/redeem`,
      { origin: merchantOrigin },
      { session_token: session.body['session_token'], redeem_nonce: randomUUID() },
    );
  };
  const opened = await open();
  const unopened = await post('/customer/session', { customer_id: customerId, return_url: 'https://shop.example/' });
  const portal = { authorization: `Bearer ${String(opened.body['access_token'])}`, origin: merchantOrigin };
  const base = `/portal/${site.organisation.id}`;

  const reads: [string, Record<string, string>][] = [
    [`${base}/invoices`, portal],
    [`${base}/invoices/${String(invoice.body['id'])}`, portal],
    [`${base}/invoices/${String(invoice.body['id'])}/pdf`, portal],
    [`${base}/exports/invoices?order=invoice_total`, portal],
    [`${base}/profile`, portal],
    ['/customers', merchant],
    [`/invoices/${String(invoice.body['id'])}/download_invoice`, merchant],
    [new URL(String(unopened.body['redirect_url'])).pathname, {}],
  ];
  const readAll = async (): Promise<number[]> => {
    const answers: number[] = [];
    for (const [path, headers] of reads) {
      answers.push((await send('GET', path, headers)).status);
    }
    return answers;
  };
  const ready = async () => (await send('GET', '/health/ready', {})).body;
  expect(await readAll()).toEqual(reads.map(() => 200));
  expect(await ready()).toEqual({ status: 'ready', writes: 'ok' });

  // Long enough ago for every read to want to write down that somebody is there.
  const sqlite = site.open();
  sqlite.exec("update api_key set last_used_at = '2020-01-01T00:00:00.000Z'");
  sqlite
    .prepare('update portal_session set last_active_at = ? where opened_at is not null')
    .run(new Date(Date.now() - 10 * 60_000).toISOString());
  sqlite.pragma('wal_checkpoint(truncate)');

  disk.fill(1_000_000);
  const acknowledged: string[] = [];
  const squeezeIn = (): Promise<Answer> =>
    post('/customers', { customer_name: 'Squeezed in', custom_data: { text: 'x'.repeat(16_000) } });
  let last = await squeezeIn();
  for (; last.status === 200; last = await squeezeIn()) {
    acknowledged.push(String(last.body['id']));
  }
  expect(last.body['code']).toBe('storage_full');
  expect(acknowledged.length).toBeGreaterThan(5);
  disk.fill();
  const logBefore = statSync(logFile).size;
  const filled = acknowledged.length;
  let full = 0;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answer = await post('/customers', { customer_name: 'Refused', custom_data: { text: 'x'.repeat(16_000) } });
    expect([answer.status, answer.body['code']]).toEqual([503, 'storage_full']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    full += 1;
  }
  const again = await post('/customers', { customer_name: 'Once', custom_data: { text: 'x'.repeat(16_000) } }, 'once');
  expect(again.body['code']).toBe('storage_full');
  const lines = await sendBulk({ address: server.url }, { headers: merchant }, '/customers/bulk', [
    { external_id: 'b', customer_name: 'Bulk', custom_data: { text: 'x'.repeat(16_000) } },
  ]);
  expect(lines).toMatchObject([{ status: 'failed', error: { code: 'storage_full', retryable: true } }]);

  let readsOnFullDisk = 0;
  for (let round = 0; round < 10; round += 1) {
    expect(await readAll()).toEqual(reads.map(() => 200));
    readsOnFullDisk += reads.length;
  }
  const stranger = await send('GET', '/customers', {
    ...merchant,
    'x-api-key': `${merchant['x-api-key'].slice(0, -1)}!`,
  });
  expect(stranger.status).toBe(401);
  expect((await send('GET', '/health/live', {})).status).toBe(200);
  await expect.poll(ready, { timeout: 5000 }).toEqual({ status: 'ready', writes: 'storage_full' });
  expect(statSync(logFile).size - logBefore).toBeLessThan(65_536);

  disk.free();
  await expect.poll(ready, { timeout: 5000 }).toEqual({ status: 'ready', writes: 'ok' });
  const once = await post('/customers', { customer_name: 'Once', custom_data: { text: 'x'.repeat(16_000) } }, 'once');
  expect(once.status).toBe(200);
  acknowledged.push(String(once.body['id']));
  expect((await open()).status).toBe(200);
  expect(readFileSync(logFile, 'utf8').length).toBeLessThan(1_500_000);

  const ids = new Set(sqlite.prepare('select id from customer').pluck().all());
  const lost = acknowledged.filter((id) => !ids.has(id));
  expect(lost).toEqual([]);
  expect(ids.size).toBe(acknowledged.length + 1);
  expect(sqlite.prepare("select count(*) from audit_event where action = 'customer.created'").pluck().get()).toBe(
    ids.size,
  );
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  sqlite.close();
  server.signal('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
  addFigure('writes until the disk was full', filled);
  addFigure('writes refused on a full disk', full);
  addFigure('reads served on a full disk', readsOnFullDisk);
  addFigure('acknowledged writes lost on a full disk', lost.length);
});
