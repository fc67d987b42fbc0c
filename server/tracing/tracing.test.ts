import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { startTraceCollector } from '../testing/trace-collector.ts';
import type { ReceivedSpan, TraceCollector } from '../testing/trace-collector.ts';
import { webhookStage } from '../testing/webhook-stage.ts';

const server = 2;
const client = 3;
const failed = 2;
const parentId = '00f067aa0ba902b7';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

let collector: TraceCollector;
beforeAll(async () => {
  collector = await startTraceCollector();
});
afterAll(() => collector.close());
beforeEach(() => {
  collector.spans = [];
});

const start = (environment: Record<string, string> = {}): Promise<TestServer> =>
  startTestServer({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      WEBHOOKS_ALLOW_LOOPBACK: '1',
      TRUST_PROXY: '1',
      ...environment,
    },
  });

/** Whatever was traced has arrived when the server has ended. */
const spansOf = async (
  work: (portal: TestServer, organisation: TestOrganisation) => Promise<void>,
  environment: Record<string, string> = {},
): Promise<ReceivedSpan[]> => {
  const portal = await start(environment);
  try {
    await work(portal, await portal.addOrganisation());
  } finally {
    await portal.close();
  }
  return collector.spans;
};

const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const span = spans.find((one) => one.name === name);
  if (span === undefined) {
    throw new Error(`No span ${name} among ${spans.map((one) => one.name).join(', ')}`);
  }
  return span;
};

describe('a request', () => {
  it('is in a trace of its own when a stranger names one', async () => {
    const spans = await spansOf(
      async (portal) => {
        await portal.request('GET', '/health/live', { headers: { traceparent: `00-${traceId}-${parentId}-01` } });
      },
      { TRUST_PROXY: '0' },
    );
    expect(spans.map((span) => span.traceId)).not.toContain(traceId);
    expect(spans).toHaveLength(1);
  });

  it('is one span, named by its route, in the trace that the caller names', async () => {
    const spans = await spansOf((portal, { id, apiKey }) =>
      portal
        .request('GET', '/customers', {
          headers: { organisation: id, 'x-api-key': apiKey, traceparent: `00-${traceId}-${parentId}-01` },
        })
        .then(({ status }) => {
          expect(status).toBe(200);
        }),
    );
    const span = named(spans, 'GET /customers');
    expect(span).toMatchObject({ traceId, parentSpanId: parentId, kind: server, status: 0, service: 'zenskar-portal' });
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/customers',
      'http.response.status_code': 200,
    });
    expect(spans.filter(({ kind }) => kind === server)).toHaveLength(1);
  });

  it('begins a trace of its own where the caller names none, or a damaged one', async () => {
    const spans = await spansOf(async (portal) => {
      await portal.request('GET', '/health/live');
      await portal.request('GET', '/health/live', { headers: { traceparent: `00-${traceId}-0-01` } });
    });
    const traces = spans.filter(({ kind }) => kind === server);
    expect(traces.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(['', '']);
    expect(new Set(traces.map((span) => span.traceId)).size).toBe(2);
    expect(traces.map((span) => span.traceId)).not.toContain(traceId);
  });

  it('has the statements and transactions that it makes beneath it, without their values', async () => {
    let customerId = '';
    const spans = await spansOf(async (portal, { id, apiKey }) => {
      customerId = await addCustomer(portal, id, { customer_name: 'Secret Customer' });
      await portal.request('POST', '/customer/session', {
        headers: { organisation: id, 'x-api-key': apiKey },
        body: { customer_id: customerId, return_url: 'https://shop.example/account' },
      });
    });
    const request = named(spans, 'POST /customer/session');
    const insert = named(spans, 'insert portal_session');
    const transaction = spans.find(({ spanId }) => spanId === insert.parentSpanId);
    expect(insert.kind).toBe(client);
    expect(transaction).toMatchObject({ name: 'transaction', traceId: request.traceId, parentSpanId: request.spanId });
    expect(insert.attributes['db.query.text']).toContain('insert into "portal_session"');
    const all = JSON.stringify(spans);
    expect(all).not.toContain('Secret Customer');
    expect(all).not.toContain(customerId);
  });

  it('has the making of a document beneath it', async () => {
    const spans = await spansOf(async (portal, organisation) => {
      const customerId = await addCustomer(portal, organisation.id);
      const { id: invoiceId } = await addInvoice(portal, { organisationId: organisation.id, customerId });
      const opened = await openPortal(portal, organisation, customerId);
      expect((await opened.get(`/invoices/${invoiceId}/pdf`)).status).toBe(200);
    });
    const request = named(spans, 'GET /portal/:organisation_id/invoices/:invoice_id/pdf');
    expect(named(spans, 'document invoice')).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId });
  });
});

it('carries the trace on with a webhook, and marks one that fails', async () => {
  let sent = '';
  const spans = await spansOf(async (portal) => {
    const stage = await webhookStage(portal);
    stage.receiver.answer = 500;
    await stage.happen();
    await stage.worker.deliverDue();
    sent = stage.receiver.received[0]?.headers['traceparent'] ?? '';
    await stage.receiver.close();
  });
  const span = named(spans, 'webhook');
  expect(span).toMatchObject({ kind: client, status: failed });
  expect(span.attributes).toMatchObject({ 'error.type': '500' });
  expect(sent).toBe(`00-${span.traceId}-${span.spanId}-01`);
});

describe('the settings', () => {
  const nothing = (portal: TestServer): Promise<void> => portal.request('GET', '/health/live').then(() => undefined);

  it('name the service and send headers along', async () => {
    const spans = await spansOf(nothing, {
      OTEL_SERVICE_NAME: 'billing',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=a%20b',
    });
    expect(named(spans, 'GET /health/live').service).toBe('billing');
    expect(collector.headers).toMatchObject({ 'x-collector-key': 'a b' });
  });

  it('choose what is traced', async () => {
    expect(await spansOf(nothing, { OTEL_TRACES_SAMPLER: 'always_off' })).toEqual([]);
    expect(
      await spansOf(nothing, { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }),
    ).toEqual([]);
  });

  it('are refused by name', async () => {
    await expect(start({ OTEL_TRACES_SAMPLER: 'sometimes' })).rejects.toThrow('OTEL_TRACES_SAMPLER must be one of');
    await expect(start({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).rejects.toThrow('OTEL_EXPORTER_OTLP_PROTOCOL must be');
  });
});

it('is harmed by no collector that cannot be reached', async () => {
  const portal = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect((await portal.request('GET', '/health/ready')).status).toBe(200);
  const startedAt = performance.now();
  await portal.close();
  expect(performance.now() - startedAt).toBeLessThan(6000);
});
