import { readFile, readdir, readlink } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addFigure } from '../testing/figures.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';

const each = 200;
/** The times that the server gives, with what its own checking and a busy machine add. */
const headersMs = 15_000 + 5_000 + 5_000;
const bodyMs = 30_000 + 5_000;
const trickleMs = 1_000;
const probes = 200;
const mostMegabytes = 60;

let site: Site;
let server: ServerProcess;
beforeAll(async () => {
  site = await makeSite();
  server = await site.start();
});
afterAll(() => site.remove());

const credentials = () => ({ organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey });

interface SlowClient {
  /** What the server had said, and after how long it cut the connection. */
  cut: Promise<{ answer: string; afterMs: number }>;
}

/** Sends the beginning at once, and then a byte a second for as long as the connection lives. */
const trickle = (beginning: string, byte: string): SlowClient => {
  const { hostname, port } = new URL(server.url);
  const startedAt = performance.now();
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.write(beginning);
  const timer = setInterval(() => socket.write(byte), trickleMs);
  return {
    cut: new Promise((resolve) => {
      socket.once('close', () => {
        clearInterval(timer);
        resolve({ answer, afterMs: performance.now() - startedAt });
      });
    }),
  };
};

const post = async (name: string): Promise<number> => {
  const { status, body } = await fetch(`${server.url}/customers`, {
    method: 'POST',
    headers: { ...credentials(), 'content-type': 'application/json' },
    body: JSON.stringify({ customer_name: name }),
  });
  await body?.cancel();
  return status;
};

/** Milliseconds of reads and writes of somebody in a hurry, the median and the slowest but one in a hundred. */
const measure = async (): Promise<{ median: number; p99: number }> => {
  const times: number[] = [];
  for (let probe = 0; probe < probes; probe += 1) {
    const startedAt = performance.now();
    if (probe % 4 === 0) {
      expect(await post(`Probe ${probe}`)).toBe(200);
    } else {
      const answer = await fetch(`${server.url}/customers?limit=10`, { headers: credentials() });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
};

const residentMegabytes = async (): Promise<number> => {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
};

const openSockets = async (): Promise<number> => {
  const folder = `/proc/${server.pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
};

/** A bulk change that thinks for longer than a body may take, in the midst of a record. */
const slowBulk = async (): Promise<unknown[]> => {
  const sent = request(`${server.url}/customers/bulk`, {
    method: 'PUT',
    agent: false,
    headers: { ...credentials(), 'content-type': 'application/x-ndjson' },
  });
  const answered = new Promise<string>((resolve, reject) => {
    sent.once('error', reject).once('response', (answer) => {
      text(answer).then(resolve, reject);
    });
  });
  sent.write('{"external_id":"slow-1","customer_name":"Slow 1"}\n{"external_id":"slow-2",');
  await delay(bodyMs);
  sent.end('"customer_name":"Slow 2"}\n');
  return (await answered)
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { status: unknown }).status);
};

it('slow clients cost nobody else anything, and are cut in time', async () => {
  await measure();
  const before = await measure();
  const memoryBefore = await residentMegabytes();
  const socketsBefore = await openSockets();

  const key = Object.entries(credentials())
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const body = (path: string, headers: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\n${headers}Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n{`;
  const slowHeaders = Array.from({ length: each }, () =>
    trickle('GET /customers HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'),
  );
  const slowBodies = Array.from({ length: each }, () => trickle(body('/customers', key), ' '));
  const slowStrangers = Array.from({ length: each }, () => trickle(body('/invoices', ''), ' '));
  const bulk = slowBulk();

  const during = await measure();
  expect(await openSockets()).toBeGreaterThan(socketsBefore + each);
  const memoryDuring = await residentMegabytes();
  expect(memoryDuring - memoryBefore).toBeLessThan(mostMegabytes);
  expect(during.median).toBeLessThan(3 * before.median + 10);

  const headersCut = await Promise.all(slowHeaders.map(({ cut }) => cut));
  const bodiesCut = await Promise.all(slowBodies.map(({ cut }) => cut));
  const strangersCut = await Promise.all(slowStrangers.map(({ cut }) => cut));
  for (const { answer, afterMs } of headersCut) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"request_invalid"/);
    expect(afterMs).toBeLessThan(headersMs);
  }
  for (const { answer, afterMs } of bodiesCut) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"request_invalid"/);
    expect(afterMs).toBeLessThan(bodyMs + 5_000);
  }
  for (const { answer, afterMs } of strangersCut) {
    expect(answer).toMatch(/^HTTP\/1\.1 (401|429) /);
    expect(afterMs).toBeLessThan(bodyMs + 5_000);
  }
  expect(await bulk).toEqual(['created', 'created']);
  await expect.poll(openSockets, { timeout: 10_000 }).toBeLessThan(socketsBefore + 10);

  addFigure('slow clients at once, all cut in time', 3 * each);
  addFigure('ms for others, median and p99, before', `${before.median.toFixed(1)} and ${before.p99.toFixed(1)}`);
  addFigure(
    'ms for others, median and p99, beside slow clients',
    `${during.median.toFixed(1)} and ${during.p99.toFixed(1)}`,
  );
  addFigure('MB of memory for the slow clients', Math.round(memoryDuring - memoryBefore));
});
