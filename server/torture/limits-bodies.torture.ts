import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { ErrorBody } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { addFigure } from '../testing/figures.ts';
import { addressOf, ownHeaders } from '../testing/operation-calls/operation-call.ts';
import type { OperationCall } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { buildWorld } from '../testing/operation-calls/world.ts';
import type { World } from '../testing/operation-calls/world.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let world: World;
let tried = 0;
beforeAll(async () => {
  server = await startTestServer();
  world = await buildWorld(server);
});
afterAll(async () => {
  addFigure('hostile bodies and headers refused', tried);
  await server.close();
});

const operationOf = (key: OperationKey): Operation => api[key];
const withBody = operationKeys.filter((key) => operationOf(key).body !== undefined);
const streams = withBody.filter((key) => operationOf(key).isStream === true);
const jsonOperations = withBody.filter((key) => operationOf(key).isStream !== true);

interface Outcome {
  status: number;
  body: unknown;
  tookMs: number;
}

/** Sends pieces, and with `isEnded` says that there are no more; else it is for the server to answer before it has all. */
const sendPieces = (
  key: OperationKey,
  call: OperationCall,
  headers: Record<string, string>,
  pieces: readonly (string | Buffer)[],
  isEnded = true,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    tried += 1;
    const startedAt = performance.now();
    const type = operationOf(key).isStream === true ? 'application/x-ndjson' : 'application/json';
    const sent = request(`${server.address}${addressOf(key, call)}`, {
      method: key.slice(0, key.indexOf(' ')),
      agent: false,
      headers: { 'content-type': type, ...ownHeaders(world, key), ...call.headers, ...headers },
    });
    sent.once('response', (answer) => {
      const tookMs = performance.now() - startedAt;
      json(answer).then((body) => {
        resolve({ status: answer.statusCode ?? 0, body, tookMs });
        sent.off('error', reject).on('error', () => undefined);
        sent.destroy();
      }, reject);
    });
    sent.once('error', reject);
    pieces.forEach((piece) => sent.write(piece));
    if (isEnded) {
      sent.end();
    }
  });

const expectRefusal = ({ status, body, tookMs }: Outcome, statuses: readonly number[]): void => {
  expect([statuses.includes(status), status, body]).toEqual([true, status, body]);
  ErrorBody.parse(body);
  expect(tookMs).toBeLessThan(2000);
};

const megabyte = 1_000_000;

/** As much as any operation takes, and a little more. */
const beyondLimit = ['{"name":"', ...Array.from({ length: 11 }, () => 'x'.repeat(100_000))];

describe('a body of 10 MB is refused before it is here', () => {
  it.each(jsonOperations)('%s', async (key) => {
    const call = await operationCalls[key](world);
    const announced = { 'content-length': String(10 * megabyte) };
    expectRefusal(await sendPieces(key, call, announced, ['{'], false), [413]);
    expectRefusal(await sendPieces(key, call, { 'transfer-encoding': 'chunked' }, beyondLimit, false), [413]);
    const bomb = gzipSync(Buffer.alloc(20 * megabyte, '1'));
    expect(bomb.length).toBeLessThan(50_000);
    expectRefusal(await sendPieces(key, call, { 'content-encoding': 'gzip' }, [bomb]), [413]);
  });

  it.each(streams)('%s: as one line', async (key) => {
    const call = await operationCalls[key](world);
    const { status, body } = await sendPieces(
      key,
      call,
      {},
      Array.from({ length: 100 }, () => 'x'.repeat(100_000)),
    );
    expect([status, body]).toMatchObject([200, { status: 'failed', error: { code: 'line_too_long' } }]);
  });
});

const depth = 10_000;
const deepArray = `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** The text of a good body with another value in one field. */
const withField = (good: Record<string, unknown>, field: string, text: string): string => {
  const others = Object.entries(good).filter(([name]) => name !== field);
  return `{${[...others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`), `${JSON.stringify(field)}:${text}`].join(',')}}`;
};

const fieldsOf = (key: OperationKey): string[] => {
  const { body } = operationOf(key);
  const shape = body !== undefined && 'shape' in body ? (body.shape as object) : {};
  return [...Object.keys(shape), 'nothing_known', '__proto__', 'constructor'];
};

const isIn = (good: object, field: string): boolean => Object.keys(good).includes(field);

describe('JSON of 10,000 levels is refused quickly', () => {
  it.each(jsonOperations)('%s', async (key) => {
    const call = await operationCalls[key](world);
    const good = call.body as Record<string, unknown>;
    const texts = [
      deepArray,
      deepObject,
      ...fieldsOf(key).flatMap((field) => [withField(good, field, deepArray), withField(good, field, deepObject)]),
    ];
    for (const text of texts) {
      expectRefusal(await sendPieces(key, call, {}, [text]), [400, 422]);
    }
  });

  it.each(streams)('%s', async (key) => {
    const call = await operationCalls[key](world);
    const [good] = call.body as Record<string, unknown>[];
    for (const field of fieldsOf(key)) {
      for (const text of [
        deepArray,
        deepObject,
        withField(good ?? {}, field, deepArray),
        withField(good ?? {}, field, deepObject),
      ]) {
        const { status, body } = await sendPieces(key, call, {}, [`${text}\n`]);
        expect([status, body]).toMatchObject([200, { status: 'failed' }]);
      }
    }
  });
});

describe('JSON that means something else to somebody', () => {
  it.each(jsonOperations)('%s', async (key) => {
    const call = await operationCalls[key](world);
    const good = call.body as Record<string, unknown>;
    const field = Object.keys(good)[0] ?? fieldsOf(key)[0] ?? 'a';
    for (const text of [
      '1e999',
      '-1e999',
      `[${'1,'.repeat(20_000)}1]`,
      `{${Array.from({ length: 5_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
    ]) {
      expectRefusal(await sendPieces(key, call, {}, [text]), [400, 413, 422]);
      expectRefusal(await sendPieces(key, call, {}, [withField(good, field, text)]), [400, 413, 422]);
    }
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(isIn(good, name)).toBe(false);
      expectRefusal(await sendPieces(key, call, {}, [withField(good, name, '{"polluted":true}')]), [422]);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('leaves a name like __proto__ in data of the merchant without effect', async () => {
    const body = '{"customer_name":"Proto","custom_data":{"__proto__":{"polluted":true},"constructor":1}}';
    const answer = await server.request('POST', '/customers', { headers: world.merchant.headers, body });
    expect([200, 422]).toContain(answer.status);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('takes the last of two values of one name, as every reader of JSON does', async () => {
    const body = '{"customer_name":"First","customer_name":"Last"}';
    const answer = await server.request('POST', '/customers', { headers: world.merchant.headers, body });
    expect([answer.status, answer.body['customer_name']]).toEqual([200, 'Last']);
  });
});

describe('addresses and headers that are too long', () => {
  it.each([
    ['an address of 1 MB', `/customers?${'x'.repeat(megabyte)}`, {}],
    ['a header of 1 MB', '/customers', { 'x-long': 'x'.repeat(megabyte) }],
    [
      '2,000 headers',
      '/customers',
      Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`x-${index}`, 'y'])),
    ],
  ])('%s', async (_name, path, headers: Record<string, string>) => {
    tried += 1;
    const outcome = await new Promise<number | string>((resolve) => {
      const sent = request(`${server.address}${path}`, {
        agent: false,
        headers: { ...world.merchant.headers, ...headers },
      });
      sent.once('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      // The server may cut before we have written everything.
      sent.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? '');
      });
      sent.end();
    });
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(outcome);
    expect((await server.request('GET', '/health/live')).status).toBe(200);
  });
});

it("a stranger's body is not waited for", async () => {
  const outcome = await new Promise<number>((resolve, reject) => {
    const sent = request(`${server.address}/invoices`, {
      method: 'POST',
      agent: false,
      headers: {
        organisation: world.organisation.id,
        'x-api-key': 'zsk_guess',
        'content-type': 'application/json',
        'content-length': '900000',
      },
    });
    sent.once('response', (answer) => {
      resolve(answer.statusCode ?? 0);
      sent.destroy();
    });
    sent.once('error', reject);
    sent.write('{');
  });
  expect(outcome).toBe(401);
});
