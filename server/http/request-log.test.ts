import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { withDatabase } from '../command-line/command-line.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';
import { startTraceCollector } from '../testing/trace-collector.ts';
import type { TraceCollector } from '../testing/trace-collector.ts';

const idForm = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

let site: Site;
let server: ServerProcess;
let collector: TraceCollector;

beforeAll(async () => {
  site = await makeSite();
  collector = await startTraceCollector();
  server = await site.start({
    LOG_LEVEL: 'info',
    TRUST_PROXY: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
afterAll(async () => {
  await site.remove();
  await collector.close();
});

type Line = Record<string, unknown>;

const linesOf = (id: string): Line[] =>
  server
    .log()
    .split('\n')
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line) as Line);

const send = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  await response.arrayBuffer();
  return { status: response.status, id: response.headers.get('x-request-id') ?? '' };
};

it('has one line of a request that changes something, with all that finds it again, and no secret', async () => {
  const secret = 'a-secret-that-nobody-may-read';
  const { id, status } = await send(
    'POST',
    `/customer/session?token=${secret}`,
    { 'content-type': 'application/json', organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey },
    JSON.stringify({ customer_id: secret }),
  );
  await expect.poll(() => linesOf(id)).toHaveLength(1);
  expect(linesOf(id)).toEqual([
    expect.objectContaining({
      level: 30,
      msg: 'request',
      request_id: id,
      method: 'POST',
      route: '/customer/session',
      status,
      duration_ms: expect.any(Number) as number,
      trace_id: expect.stringMatching(/^[\da-f]{32}$/) as string,
    }),
  ]);
  expect(status).toBe(422);
  expect(server.log()).not.toContain(secret);
  expect(server.log()).not.toContain(site.organisation.apiKey);
});

it('takes the name that a trusted proxy has given, when it is well-formed', async () => {
  const given = 'f3b1c0de5eed4a11a7a50f0012345678';
  expect((await send('GET', '/nowhere', { 'x-request-id': given })).id).toBe(given);
  await expect.poll(() => linesOf(given)).toHaveLength(1);
  for (const damaged of ['short', 'x'.repeat(65), 'with space in it', '{"level":60}', "'; drop table--"]) {
    expect((await send('GET', '/nowhere', { 'x-request-id': damaged })).id).toMatch(idForm);
  }
});

it('gives every line of a failing request its name, and the error once and whole', async () => {
  await withDatabase(`sqlite:${site.file}`, async (db) => {
    // Nothing that the program does makes it fail, so the schema is broken behind its back.
    await db.schema.alterTable('api_key').renameTo('api_key_away').execute();
  });
  const before = systemClock.now();
  const { id, status } = await send('GET', '/customers', {
    organisation: site.organisation.id,
    'x-api-key': site.organisation.apiKey,
  });
  expect(status).toBe(500);
  await expect.poll(() => linesOf(id)).toHaveLength(2);
  const [failure, request] = linesOf(id);
  expect(failure).toMatchObject({ level: 50, msg: 'request failed', request_id: id });
  expect((failure?.['err'] as Line)['stack']).toContain('api_key');
  expect(request).toMatchObject({ msg: 'request', status: 500, trace_id: failure?.['trace_id'] });
  expect(Number(failure?.['time'])).toBeGreaterThanOrEqual(before);
});
