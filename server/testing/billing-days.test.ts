import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from './builders/customers.ts';
import { sendBulk } from './bulk-stream.ts';
import { merchantClient } from './merchant-client.ts';
import { openPortal } from './portal-session.ts';
import { testClock } from './test-clock.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const halfPastTenInNewYork = '2026-11-14T03:30:00.000Z';
const hourMs = 3_600_000;
const newYork = 'America/New_York';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock(halfPastTenInNewYork) });
});
afterAll(() => server.close());

const newMerchant = async (timeZone = newYork) => {
  const organisation = await server.addOrganisation('Northwind Cloud', timeZone);
  const merchant = merchantClient(server, organisation);
  const customerId = await addCustomer(server, organisation.id, { external_id: 'at-home' });
  const travellerId = await addCustomer(server, organisation.id, { external_id: 'away', time_zone: 'Asia/Tokyo' });
  const bill = (values: Record<string, unknown>) =>
    merchant.post('/invoices', { customer_id: customerId, currency: 'USD', invoice_total: 10_000, ...values });
  const pay = (values: Record<string, unknown> = {}) =>
    merchant.post('/payments', { customer_id: customerId, amount: 10_000, currency_code: 'USD', ...values });
  return { organisation, merchant, customerId, travellerId, bill, pay };
};

type Merchant = Awaited<ReturnType<typeof newMerchant>>;

const endTooEarly = (...loc: (string | number)[]) => ({ code: 'request_invalid', detail: [{ loc: ['body', ...loc] }] });

describe('a bare day in an invoice', () => {
  it.each([
    ['America/New_York', '2026-11-13', '2026-11-13T05:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['Asia/Tokyo', '2026-11-13', '2026-11-12T15:00:00.000Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['UTC', '2026-11-13', '2026-11-13T00:00:00.000Z'],
  ])('of an organisation in %s: %s begins at %s', async (timeZone, day, moment) => {
    const { bill } = await newMerchant(timeZone);
    expect((await bill({ due_date: day })).body).toMatchObject({ due_date: moment });
  });

  it('is the day of the organisation in every field, and of every line', async () => {
    const { merchant, bill } = await newMerchant();
    const november = { begin_date: '2026-11-01', end_date_exclusive: '2026-12-01' };
    const { body } = await bill({
      created_at: '2026-11-02',
      due_date: '2026-11-13',
      promise_due_date: '2026-11-14',
      sent_at: '2026-11-03',
      charged_at: '2026-11-04',
      invoice_period: november,
      line_items: [{ name: 'Seats', unit_price: '100', period: november }],
    });
    const { body: detail } = await merchant.get(`/invoices/${String(body['id'])}?include_line_items=true`);
    const booked = { begin_date: '2026-11-01T04:00:00.000Z', end_date_exclusive: '2026-12-01T05:00:00.000Z' };
    expect(detail).toMatchObject({
      created_at: '2026-11-02T05:00:00.000Z',
      due_date: '2026-11-13T05:00:00.000Z',
      promise_due_date: '2026-11-14T05:00:00.000Z',
      sent_at: '2026-11-03T05:00:00.000Z',
      charged_at: '2026-11-04T05:00:00.000Z',
      invoice_period: booked,
      line_items: [{ period: booked }],
    });
  });

  it('is a day of the customer that has a time zone of its own', async () => {
    const { bill, travellerId } = await newMerchant();
    const { body } = await bill({ customer_id: travellerId, due_date: '2026-11-13' });
    expect(body).toMatchObject({ due_date: '2026-11-12T15:00:00.000Z' });
  });

  it('leaves times as they are: without a zone they are UTC', async () => {
    const { bill } = await newMerchant();
    const { body } = await bill({ due_date: '2026-11-13T00:00:00', sent_at: '2026-11-13T00:00:00-05:00' });
    expect(body).toMatchObject({ due_date: '2026-11-13T00:00:00.000Z', sent_at: '2026-11-13T05:00:00.000Z' });
  });

  it('is the same in a PATCH, which need not name the customer', async () => {
    const { merchant, bill, travellerId } = await newMerchant();
    const atHome = String((await bill({})).body['id']);
    const away = String((await bill({ customer_id: travellerId })).body['id']);
    await merchant.delete(`/customers/${travellerId}`);
    const changed = [atHome, away].map((id) => merchant.patch(`/invoices/${id}`, { due_date: '2026-11-20' }));
    expect((await Promise.all(changed)).map(({ body }) => body['due_date'])).toEqual([
      '2026-11-20T05:00:00.000Z',
      '2026-11-19T15:00:00.000Z',
    ]);
    expect((await merchant.patch(`/invoices/${atHome}`, { due_date: null })).body['due_date']).toBeNull();
  });

  it('is a day of the customer that a draft is given to', async () => {
    const { merchant, bill } = await newMerchant();
    const { body } = await bill({ status: 'draft', due_date: '2026-11-13' });
    const moved = await merchant.patch(`/invoices/${String(body['id'])}`, {
      customer_external_id: 'away',
      created_at: '2026-11-01',
    });
    expect(moved.body).toMatchObject({ created_at: '2026-10-31T15:00:00.000Z', due_date: '2026-11-13T05:00:00.000Z' });
  });

  it('orders a period as it is in the time zone', async () => {
    const { bill } = await newMerchant();
    const period = (end: string) => ({ begin_date: '2026-11-13', end_date_exclusive: end });
    const refused = await bill({ invoice_period: period('2026-11-13T05:00:00Z') });
    expect(refused.body).toMatchObject(endTooEarly('invoice_period', 'end_date_exclusive'));
    const lines = [{ name: 'Seats', unit_price: '100', period: period('2026-11-13') }];
    const refusedLine = await bill({ line_items: lines });
    expect(refusedLine.body).toMatchObject(endTooEarly('line_items', 0, 'period', 'end_date_exclusive'));
    expect((await bill({ invoice_period: period('2026-11-13T05:00:00.001Z') })).status).toBe(200);
  });
});

describe('a bare day in a bulk change', () => {
  const send = ({ merchant }: Merchant, noun: string, lines: unknown[]) =>
    sendBulk(server, merchant, `/${noun}/bulk`, lines);
  const statuses = (results: Awaited<ReturnType<typeof send>>) => results.map(({ status }) => status);

  it('is the day of each invoice’s customer, and no change when it is sent again', async () => {
    const one = await newMerchant();
    const invoice = (external_id: string, customer_external_id: string, due_date: string) => ({
      external_id,
      customer_external_id,
      currency: 'USD',
      created_at: '2026-11-01',
      due_date,
      invoice_period: { begin_date: '2026-10-01', end_date_exclusive: '2026-11-01' },
      line_items: [
        { name: 'Seats', unit_price: '100', period: { begin_date: '2026-10-01', end_date_exclusive: '2026-11-01' } },
      ],
    });
    const records = [invoice('a', 'at-home', '2026-11-13'), invoice('b', 'away', '2026-11-13')];
    expect(statuses(await send(one, 'invoices', records))).toEqual(['created', 'created']);
    expect(statuses(await send(one, 'invoices', records))).toEqual(['unchanged', 'unchanged']);
    const spelt = { ...invoice('a', 'at-home', '2026-11-13T00:00:00-05:00'), created_at: '2026-11-01T04:00:00Z' };
    expect(statuses(await send(one, 'invoices', [spelt, invoice('b', 'away', '2026-11-14')]))).toEqual([
      'unchanged',
      'updated',
    ]);
    const { body } = await one.merchant.get('/invoices?order=due_date');
    expect((body['results'] as { due_date: string }[]).map((found) => found.due_date)).toEqual([
      '2026-11-13T05:00:00.000Z',
      '2026-11-13T15:00:00.000Z',
    ]);
  });

  it('is the same in payments and refunds', async () => {
    const one = await newMerchant();
    const payment = {
      external_id: 'payment',
      customer_external_id: 'away',
      amount: 500,
      currency_code: 'USD',
      timestamp: '2026-11-13',
    };
    const refund = {
      external_id: 'refund',
      type: 'refund',
      parent_external_id: 'payment',
      amount: 200,
      refund_destination: 'external',
      writeoff_invoices: false,
      timestamp: '2026-11-14',
    };
    expect(statuses(await send(one, 'payments', [payment, refund]))).toEqual(['created', 'created']);
    expect(statuses(await send(one, 'payments', [payment, refund]))).toEqual(['unchanged', 'unchanged']);
    const moved = [payment, refund].map((record) => ({ ...record, timestamp: '2026-11-15' }));
    expect((await send(one, 'payments', moved)).map(({ error }) => error?.code)).toEqual([
      'payment_state_invalid',
      'payment_state_invalid',
    ]);
    const { body } = await one.merchant.get('/payments?order=timestamp');
    expect((body['results'] as { timestamp: string }[]).map((found) => found.timestamp)).toEqual([
      '2026-11-12T15:00:00.000Z',
      '2026-11-13T15:00:00.000Z',
    ]);
  });

  it('is the same in entitlements', async () => {
    const one = await newMerchant();
    const definition = { external_id: 'calls', name: 'API calls', entitlement_type: 'Quantity' };
    const grant = (external_id: string, customer_external_id: string) => ({
      external_id,
      customer_external_id,
      entitlement_external_id: 'calls',
      quantity: 10,
      active_from: '2026-11-01',
      expiry_at: '2026-12-01',
      renews_at: '2026-12-01',
    });
    const records = [definition, grant('a', 'at-home'), grant('b', 'away')];
    expect(statuses(await send(one, 'entitlements', records))).toEqual(['created', 'created', 'created']);
    expect(statuses(await send(one, 'entitlements', records))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    const [atHome, away] = await Promise.all(
      [one.customerId, one.travellerId].map((id) => one.merchant.get(`/entitlements/customer/${id}`)),
    );
    const [december, november] = ['2026-12-01T05:00:00.000Z', '2026-11-01T04:00:00.000Z'];
    expect(atHome?.body['results']).toMatchObject([
      { active_from: november, expiry_at: december, renews_at: december },
    ]);
    expect(away?.body['results']).toMatchObject([
      { active_from: '2026-10-31T15:00:00.000Z', expiry_at: '2026-11-30T15:00:00.000Z' },
    ]);
  });
});

describe('a bare day in a payment', () => {
  it('is the day of its customer, and in a refund of the payment’s', async () => {
    const { merchant, pay } = await newMerchant();
    const atHome = await pay({ timestamp: '2026-11-13' });
    const away = await pay({ customer_id: undefined, customer_external_id: 'away', timestamp: '2026-11-13' });
    expect([atHome, away].map(({ body }) => body['timestamp'])).toEqual([
      '2026-11-13T05:00:00.000Z',
      '2026-11-12T15:00:00.000Z',
    ]);
    const refund = await merchant.post(`/payments/${String(away.body['id'])}/refund`, {
      refund_destination: 'external',
      writeoff_invoices: false,
      timestamp: '2026-11-14',
    });
    expect(refund.body).toMatchObject({ type: 'refund', timestamp: '2026-11-13T15:00:00.000Z' });
  });

  it('is now without one', async () => {
    const { pay } = await newMerchant();
    expect((await pay()).body).toMatchObject({ timestamp: halfPastTenInNewYork });
  });
});

describe('a bare day in a grant', () => {
  it('is the day of its customer, when it is made and when it changes', async () => {
    const { merchant, customerId, travellerId } = await newMerchant();
    const { body: definition } = await merchant.post('/entitlements', {
      name: 'API calls',
      entitlement_type: 'Quantity',
    });
    const grants = [customerId, travellerId].map(async (id) => {
      const grant = {
        entitlement_id: definition['id'],
        quantity: 10,
        active_from: '2026-11-01',
        expiry_at: '2026-12-01',
      };
      const { body } = await merchant.post(`/entitlements/customer/${id}`, grant);
      const path = `/entitlements/customer/${id}/${String(body['id'])}`;
      const changed = await merchant.patch(path, { expiry_at: '2027-07-01', renews_at: null });
      return [body['active_from'], body['expiry_at'], changed.body['expiry_at'], changed.body['renews_at']];
    });
    expect(await Promise.all(grants)).toEqual([
      ['2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z', '2027-07-01T04:00:00.000Z', null],
      ['2026-10-31T15:00:00.000Z', '2026-11-30T15:00:00.000Z', '2027-06-30T15:00:00.000Z', null],
    ]);
  });
});

describe('a bare day in a contract', () => {
  const contract = (customer_external_id: string, values: Record<string, unknown> = {}) => ({
    customer_external_id,
    name: 'Plan of the year',
    currency: 'USD',
    start_date: '2026-01-01',
    end_date: '2026-07-01',
    anchor_date: '2026-01-15',
    phases: [{ name: 'All of it', start_date: '2026-01-01', end_date: '2026-07-01' }],
    ...values,
  });

  it('is the day of its customer, when it is made and when it is replaced', async () => {
    const { merchant } = await newMerchant();
    const atHome = await merchant.post('/contract_v2', contract('at-home'));
    const span = { start_date: '2026-01-01T05:00:00.000Z', end_date: '2026-07-01T04:00:00.000Z' };
    expect(atHome.body).toMatchObject({ ...span, anchor_date: '2026-01-15T05:00:00.000Z', phases: [span] });
    const replaced = await merchant.put(
      `/contract_v2/${String(atHome.body['id'])}`,
      contract('at-home', { end_date: null, anchor_date: null, start_date: '2026-07-01', phases: [] }),
    );
    expect(replaced.body).toMatchObject({ start_date: '2026-07-01T04:00:00.000Z', end_date: null, anchor_date: null });
    const away = await merchant.post('/contract_v2', contract('away'));
    expect(away.body).toMatchObject({ start_date: '2025-12-31T15:00:00.000Z', end_date: '2026-06-30T15:00:00.000Z' });
  });

  it('ends after it begins in the time zone', async () => {
    const { merchant } = await newMerchant();
    const beginning = '2026-01-01T05:00:00Z';
    const refused = await merchant.post('/contract_v2', contract('at-home', { end_date: beginning }));
    expect([refused.status, refused.body]).toMatchObject([422, endTooEarly('end_date')]);
    const phases = [{ name: 'None', start_date: '2026-01-01', end_date: beginning }];
    const refusedPhase = await merchant.post('/contract_v2', contract('at-home', { phases }));
    expect([refusedPhase.status, refusedPhase.body]).toMatchObject([422, endTooEarly('phases', 0, 'end_date')]);
  });
});

describe('a bare day in a filter', () => {
  const dues = {
    '12-end': '2026-11-13T04:59:59.999Z',
    '13-start': '2026-11-13T05:00:00.000Z',
    '13-end': '2026-11-14T04:59:59.999Z',
    '14-start': '2026-11-14T05:00:00.000Z',
  };

  it('is the whole of it in the organisation’s time zone', async () => {
    const { merchant, bill } = await newMerchant();
    for (const [name, due_date] of Object.entries(dues)) {
      await bill({ external_id: name, due_date, customer_id: undefined, customer_external_id: 'away' });
    }
    const find = async (filter: string) => {
      const { body } = await merchant.get(`/invoices?order=due_date&due_date${filter}`);
      return (body['results'] as { external_id: string }[]).map((found) => found.external_id);
    };
    expect(await find('=2026-11-13')).toEqual(['13-start', '13-end']);
    expect(await find('__gte=2026-11-13')).toEqual(['13-start', '13-end', '14-start']);
    expect(await find('__gt=2026-11-13')).toEqual(['14-start']);
    expect(await find('__lte=2026-11-13')).toEqual(['12-end', '13-start', '13-end']);
    expect(await find('__lt=2026-11-13')).toEqual(['12-end']);
    expect(await find('__lte=2026-11-13T05:00:00')).toEqual(['12-end', '13-start']);
  });

  it.each([
    ['/customers', 'created_at', '/customers', { customer_name: 'Aurora' }],
    ['/products', 'created_at', '/products', { name: 'Team plan' }],
    ['/payments', 'created_at', '/payments', { customer_external_id: 'away', amount: 1, currency_code: 'USD' }],
    ['/entitlements', 'created_at', '/entitlements', { name: 'API calls', entitlement_type: 'Quantity' }],
  ])('in %s by %s too', async (list, field, path, body) => {
    const { merchant } = await newMerchant();
    const { id } = (await merchant.post(path, body)).body;
    const ids = async (day: string) =>
      ((await merchant.get(`${list}?${field}=${day}`)).body['results'] as { id: unknown }[]).map((found) => found.id);
    expect(await ids('2026-11-13')).toEqual([id]);
    expect(await ids('2026-11-14')).toEqual([]);
  });

  it('is no day where a text is asked for', async () => {
    const { merchant, bill } = await newMerchant();
    await bill({ external_id: '2026-11-13' });
    await bill({ external_id: '2026-11-13T12' });
    const { body } = await merchant.get('/invoices?external_id=2026-11-13');
    expect(body['results']).toMatchObject([{ external_id: '2026-11-13' }]);
  });
});

describe('the portal', () => {
  const overdue = async (one: Merchant, customerId: string) => {
    const portal = await openPortal(server, one.organisation, customerId);
    const { results } = (await portal.get('/invoices')).body as unknown as { results: Record<string, unknown>[] };
    return results.map((invoice) => [invoice['due_date'], invoice['is_overdue'], invoice['days_overdue']]);
  };

  it('finds an invoice overdue when its due day is over where the customer is, and not before', async () => {
    const one = await newMerchant();
    for (const customer_id of [one.customerId, one.travellerId]) {
      await one.bill({ customer_id, due_date: '2026-11-13' });
    }
    expect(await overdue(one, one.customerId)).toEqual([['2026-11-13T05:00:00.000Z', false, null]]);
    expect(await overdue(one, one.travellerId)).toEqual([['2026-11-12T15:00:00.000Z', true, 1]]);
    server.clock.advance(2 * hourMs);
    expect(await overdue(one, one.customerId)).toEqual([['2026-11-13T05:00:00.000Z', true, 1]]);
  });
});
