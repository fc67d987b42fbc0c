import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../demo/random.ts';
import { openBulk } from '../testing/bulk-stream.ts';
import type { BulkStream } from '../testing/bulk-stream.ts';
import { freePort } from '../testing/command-line.ts';
import { addFigure } from '../testing/figures.ts';
import { newMark } from '../testing/ledger/ledger.ts';
import { sendPatiently } from '../testing/patient-client.ts';
import type { PatientAnswer } from '../testing/patient-client.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';

const restarts = 10;
const clients = 6;
const connectionLost = /^(ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;

let site: Site;
let headers: Record<string, string>;
const sockets: Socket[] = [];
beforeAll(async () => {
  site = await makeSite();
  headers = { organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey };
});
afterAll(async () => {
  for (const socket of sockets) {
    socket.destroy();
  }
  await site.remove();
});

/** A request whose body never comes, and the connection that waits for it. */
const hang = async ({ url }: ServerProcess): Promise<void> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`PUT /customers/bulk HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n`);
  socket.write(`transfer-encoding: chunked\r\n${lines.join('')}\r\n`);
  await once(socket, 'data');
};

const elapsed = async (work: Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
};

const post = async (
  origin: () => string,
  path: string,
  body: unknown,
): Promise<{ answer: PatientAnswer; setbacks: string[] }> => {
  const { answer, setbacks } = await sendPatiently(origin, {
    method: 'POST',
    path,
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body,
    isRepeatable: true,
  });
  if (answer === undefined) {
    throw new Error('A repeatable request was given up');
  }
  return { answer, setbacks };
};

it('is restarted ten times under load without a failed request, a lost write or a doubled one', async () => {
  let server = await site.start();
  const origin = (): string => server.url;
  const { answer: made } = await post(origin, '/customers', {
    customer_name: 'Aurora Analytics',
    external_id: 'aurora',
  });
  const customerId = String(made.body['id']);
  const { answer: invoice } = await post(origin, '/invoices', {
    customer_id: customerId,
    currency: 'USD',
    line_items: Array.from({ length: 200 }, (_, index) => ({ name: `Seat ${index}`, unit_price: 1 })),
  });
  const pdf = `/invoices/${String(invoice.body['id'])}/download_invoice`;

  let isOver = false;
  const written: string[] = [];
  const setbacks: string[] = [];
  const failures: unknown[] = [];
  let requests = 0;

  const write = async (): Promise<void> => {
    const mark = newMark();
    const line_items = [{ name: 'Team plan', unit_price: '12.50' }];
    const sent = await post(origin, '/invoices', { customer_id: customerId, currency: 'USD', notes: mark, line_items });
    expect(sent.answer.status, JSON.stringify(sent.answer.body)).toBe(200);
    written.push(mark);
    setbacks.push(...sent.setbacks);
  };
  const read = async (path: string): Promise<void> => {
    const sent = await sendPatiently(origin, { method: 'GET', path, headers, isRepeatable: true });
    expect(sent.answer?.status, JSON.stringify(sent.answer?.body)).toBe(200);
    setbacks.push(...sent.setbacks);
  };
  const random = new Random('restarts');
  const working = Array.from({ length: clients }, async () => {
    while (!isOver && failures.length === 0) {
      const works = [write, write, write, () => read('/invoices?limit=100'), () => read(pdf)] as const;
      await random
        .pick(works)()
        .catch((error: unknown) => failures.push(error));
      requests += 1;
    }
  });

  const bulkLines = 40;
  let bulkRecords = 0;
  const openSlowBulk = (): BulkStream => {
    const stream = openBulk({ address: server.url }, { headers }, '/customers/bulk');
    stream.send(...Array.from({ length: bulkLines / 2 }, () => ({ external_id: newMark(), customer_name: 'Bulk' })));
    return stream;
  };

  for (let restart = 1; restart <= restarts && failures.length === 0; restart += 1) {
    await delay(random.int(150, 500));
    const stream = openSlowBulk();
    await stream.results(1);
    server.signal('SIGTERM');
    await delay(random.int(0, 100));
    stream.send(...Array.from({ length: bulkLines / 2 }, () => ({ external_id: newMark(), customer_name: 'Bulk' })));
    stream.end();
    const results = await stream.rest();
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: bulkLines - 1 }, () => 'created'));
    bulkRecords += bulkLines;
    expect(await server.ended, server.log()).toEqual({ code: 0, signal: null });
    expect(server.log()).toBe('');
    server = await site.start();
  }
  isOver = true;
  await Promise.all(working);
  expect(failures).toEqual([]);
  expect(setbacks.filter((setback) => !connectionLost.test(setback))).toEqual([]);

  const sqlite = site.open();
  const notes = sqlite.prepare('select notes from invoice where notes is not null').pluck().all();
  const bulk = sqlite.prepare("select count(*) from customer where customer_name = 'Bulk'").pluck().get();
  sqlite.close();
  server.signal('SIGTERM');
  await server.ended;

  expect([...notes].sort()).toEqual([...written].sort());
  expect(bulk).toBe(bulkRecords);
  addFigure('restarts under load', restarts);
  addFigure('requests during the restarts', requests);
  addFigure('requests failed', failures.length);
  addFigure('requests sent again by their client', setbacks.length);
  addFigure('writes lost or doubled by a restart', notes.length - new Set(written).size);
});

it('ends at the limit, although a client never does', async () => {
  const server = await site.start({ SHUTDOWN_SECONDS: '1', LOG_LEVEL: 'warn' });
  await hang(server);
  server.signal('SIGTERM');
  const took = await elapsed(server.ended);
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(5000);
  expect(server.log()).toContain('connections broken off');
});

it('ends at once when it is told a second time', async () => {
  const server = await site.start({ SHUTDOWN_SECONDS: '60' });
  await hang(server);
  server.signal('SIGTERM');
  await expect.poll(() => fetch(server.url).then(String, String)).toContain('fetch failed');
  server.signal('SIGTERM');
  const took = await elapsed(server.ended);
  expect(await server.ended).toEqual({ code: 143, signal: null });
  expect(took).toBeLessThan(1000);
  addFigure('milliseconds from the second SIGTERM to the end', Math.round(took));
});

it('says that it drains, and serves on, for as long as it is set to', async () => {
  const server = await site.start({ DRAIN_SECONDS: '2' });
  const ask = async (path: string) => {
    const response = await fetch(`${server.url}${path}`, { headers });
    return [response.status, response.headers.get('connection'), await response.json()] as const;
  };
  expect(await ask('/health/ready')).toEqual([200, 'keep-alive', { status: 'ready', writes: 'ok' }]);
  server.signal('SIGTERM');
  await expect.poll(() => ask('/health/ready')).toEqual([503, 'close', { status: 'draining' }]);
  expect((await ask('/health/live')).slice(0, 2)).toEqual([200, 'close']);
  expect((await ask('/customers?limit=1')).slice(0, 2)).toEqual([200, 'close']);
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

it('ends cleanly when it is told so while it starts', async () => {
  const random = new Random('start');
  const fresh = await freePort();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const file = `${site.folder}/start-${attempt}.sqlite`;
    const environment = { DATABASE_URL: `sqlite:${file}`, PORT: String(fresh) };
    const server = site.launch(environment);
    await delay(random.int(100, 1200));
    server.signal('SIGTERM');
    const { code, signal } = await server.ended;
    expect(code ?? signal, server.log()).toBeOneOf([0, 'SIGTERM']);
    expect(server.log()).toBe('');
    const again = await site.start(environment);
    again.signal('SIGTERM');
    expect((await again.ended).code).toBe(0);
  }
});
