import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { webhookStage } from '../testing/webhook-stage.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer({ environment: { METRICS_PORT: '0', WEBHOOKS_ALLOW_LOOPBACK: '1' } });
  organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id);
});
afterAll(() => server.close());

const ask = (path = '/metrics', method = 'GET'): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.metricsPort}${path}`, { method });

const scrape = async (): Promise<string> => (await ask()).text();

/** The value of one sample; 0 where there is none yet. */
const valueOf = async (sample: string): Promise<number> => {
  const line = (await scrape()).split('\n').find((one) => one.startsWith(`${sample} `));
  return Number(line?.slice(sample.length + 1) ?? 0);
};

const requestsOf = (method: string, route: string, status: string): Promise<number> =>
  valueOf(`http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`);

describe('GET /metrics', () => {
  it('counts requests by route pattern, method and class of status, and how long they took', async () => {
    const portal = await openPortal(server, organisation, customerId);
    await portal.get('/invoices');
    await portal.get('/invoices?limit=nonsense');
    const route = '/portal/:organisation_id/invoices';
    expect(await requestsOf('GET', route, '2xx')).toBe(1);
    expect(await requestsOf('GET', route, '4xx')).toBe(1);
    const text = await scrape();
    expect(text).toContain(
      `http_request_duration_seconds_bucket{le="+Inf",method="GET",route="${route}",status="2xx"} 1`,
    );
    expect(await valueOf(`http_request_duration_seconds_sum{method="GET",route="${route}",status="2xx"}`)).toBeLessThan(
      5,
    );
  });

  it('counts whatever has no route as one, and methods that nobody knows too', async () => {
    const before = await requestsOf('GET', 'none', '4xx');
    await server.request('GET', `/nowhere/${customerId}`);
    await server.request('GET', '/nor/here');
    expect(await requestsOf('GET', 'none', '4xx')).toBe(before + 2);
    await server.request('PROPFIND', '/nowhere');
    expect(await requestsOf('other', 'none', '4xx')).toBe(1);
  });

  it('names no organisation, customer, session or address', async () => {
    const portal = await openPortal(server, organisation, customerId);
    await portal.get('/profile');
    const text = await scrape();
    for (const secret of [organisation.id, organisation.apiKey, customerId, portal.sessionId, portal.accessToken]) {
      expect(text).not.toContain(secret);
    }
  });

  it('counts sessions, transactions and errors by their code', async () => {
    const created = await valueOf('portal_sessions_total{event="created"}');
    const redeemed = await valueOf('portal_sessions_total{event="redeemed"}');
    const committed = await valueOf('portal_database_transaction_duration_seconds_count{outcome="committed"}');
    await openPortal(server, organisation, customerId);
    expect(await valueOf('portal_sessions_total{event="created"}')).toBe(created + 1);
    expect(await valueOf('portal_sessions_total{event="redeemed"}')).toBe(redeemed + 1);
    expect(
      await valueOf('portal_database_transaction_duration_seconds_count{outcome="committed"}'),
    ).toBeGreaterThanOrEqual(committed + 2);
    const refused = await valueOf('portal_errors_total{code="access_token_invalid"}');
    await server.request('GET', `/portal/${organisation.id}/invoices`);
    expect(await valueOf('portal_errors_total{code="access_token_invalid"}')).toBe(refused + 1);
  });

  it('tells of the process and of the build', async () => {
    const text = await scrape();
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^portal_build_info\{version="[\d.]+",node="[\d.]+",database="(sqlite|postgresql)"\} 1$/m);
    expect(text).toMatch(/^http_requests_in_flight 0$/m);
  });

  it('tells of the pool where there is one', async () => {
    const text = await scrape();
    if (server.dependencies.config.databaseUrl.startsWith('sqlite:')) {
      expect(text).not.toContain('portal_database_connections');
    } else {
      expect(text).toMatch(/^portal_database_connections\{state="idle"\} [1-9]/m);
      expect(text).toMatch(/^portal_database_connections\{state="waiting"\} 0$/m);
    }
  });

  it('answers nothing else', async () => {
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics', 'POST')).status).toBe(404);
    expect((await server.request('GET', '/metrics')).status).toBe(404);
  });
});

describe('webhooks', () => {
  it('counts attempts by outcome', async () => {
    const stage = await webhookStage(server);
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await valueOf('portal_webhook_attempts_total{outcome="delivered"}')).toBe(1);
    stage.receiver.answer = 500;
    await stage.happen();
    await stage.worker.deliverDue();
    expect(await valueOf('portal_webhook_attempts_total{outcome="failed"}')).toBe(1);
    await stage.receiver.close();
  });
});

it('tells how many webhooks wait, and since when', async () => {
  const own = await startTestServer({ environment: { METRICS_PORT: '0', WEBHOOKS_ALLOW_LOOPBACK: '1' } });
  const stage = await webhookStage(own);
  await stage.happen();
  await stage.happen();
  own.clock.advance(90_000);
  const text = await (await fetch(`http://127.0.0.1:${own.metricsPort}/metrics`)).text();
  expect(text).toMatch(/^portal_webhook_deliveries_pending 2$/m);
  expect(text).toMatch(/^portal_webhook_overdue_seconds 90$/m);
  await stage.receiver.close();
  await own.close();
});

it('serves and counts nothing when no port is named', async () => {
  const own = await startTestServer();
  expect(own.metricsPort).toBeUndefined();
  expect(own.dependencies.metrics.database).toBeUndefined();
  await own.close();
});
