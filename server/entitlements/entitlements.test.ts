import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntitlementOrderField } from '#contract/entitlements.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addEntitlement } from '../testing/builders/entitlements.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const newCustomer = async () => {
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId) };
};

const read = async (portal: PortalClient, query = '') => {
  const { status, body } = await portal.get(`/entitlements?limit=100&${query}`);
  expect(status).toBe(200);
  return body['results'] as { id: string; entitlement: { name: string } }[];
};

const names = async (portal: PortalClient, query: string) =>
  (await read(portal, query)).map(({ entitlement }) => entitlement.name);

describe('GET /portal/{organisation}/entitlements', () => {
  it('answers 401 without a credential', async () => {
    const { status, body } = await server.request('GET', `/portal/${organisation.id}/entitlements`);
    expect(status).toBe(401);
    expect(body['code']).toBe('access_token_invalid');
  });

  it('answers 403 to a session without the section', async () => {
    const customerId = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, customerId, { sections: ['invoices', 'profile'] });
    expect((await portal.get('/entitlements')).body['code']).toBe('scope_insufficient');
  });

  it.each([
    ['an unknown parameter', 'active=1', ['query', 'active']],
    ['an unknown status', 'status__in=paused', ['query', 'status__in', 0]],
    ['an unknown type', 'type__in=feature', ['query', 'type__in', 0]],
    ['an unknown order', 'order=quantity', ['query', 'order']],
    ['a broken cursor', 'cursor=.', ['query', 'cursor']],
  ])('answers 422 to %s', async (_, query, loc) => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.get(`/entitlements?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it("answers what the customer was granted, and nobody else's", async () => {
    const { scope, portal } = await newCustomer();
    const invoice = await addInvoice(server, scope, { invoice_number: 'INV-1' });
    const granted = await addEntitlement(
      server,
      scope,
      { name: 'API calls', description: 'Calls a month', units: 'calls' },
      {
        quantity: 10.1,
        quantity_used: 0.3,
        invoice_id: invoice.id,
        external_id: 'ext-secret',
        expiry_at: '2026-12-31T00:00:00.000Z',
        renews_at: '2026-12-01T00:00:00.000Z',
      },
    );
    const stranger = await newCustomer();
    await addEntitlement(server, stranger.scope);
    const other = await server.addOrganisation('Other');
    await addCustomer(server, other.id, { id: scope.customerId });
    await addEntitlement(server, { organisationId: other.id, customerId: scope.customerId });

    const { body } = await portal.get('/entitlements');
    expect(body).toEqual({
      results: [
        {
          id: granted.id,
          entitlement: { id: granted.entitlement_id, name: 'API calls', description: 'Calls a month' },
          type: 'Quantity',
          status: 'active',
          units: 'calls',
          quantity: 10.1,
          quantity_used: 0.3,
          quantity_remaining: 9.8,
          active_from: '2026-01-01T00:00:00.000Z',
          expiry_at: '2026-12-31T00:00:00.000Z',
          renews_at: '2026-12-01T00:00:00.000Z',
          contract: null,
          product: null,
          invoice: { id: invoice.id, invoice_number: 'INV-1' },
        },
      ],
      next: null,
      previous: null,
      total_count: 1,
    });
  });

  it('never links to an invoice that the customer cannot see', async () => {
    const { scope, portal } = await newCustomer();
    const draft = await addInvoice(server, scope, { status: 'draft' });
    await addEntitlement(server, scope, {}, { invoice_id: draft.id });
    expect(await read(portal)).toMatchObject([{ invoice: null }]);
  });

  it.each([
    ['overdrawn', { quantity: 10, quantity_used: 12 }, { quantity: 10, quantity_used: 12, quantity_remaining: 0 }],
    [
      'unlimited',
      { quantity: null, quantity_used: 12 },
      { quantity: null, quantity_used: 12, quantity_remaining: null },
    ],
  ])('says what remains of one that is %s', async (_, values, expected) => {
    const { scope, portal } = await newCustomer();
    await addEntitlement(server, scope, {}, values);
    expect(await read(portal)).toMatchObject([expected]);
  });

  it.each([
    ['upcoming until its first moment', '2026-11-23T12:00:00.001Z', null, 'upcoming'],
    ['active from its first moment', '2026-11-23T12:00:00.000Z', null, 'active'],
    ['active until its expiry', '2026-01-01T00:00:00.000Z', '2026-11-23T12:00:00.001Z', 'active'],
    ['expired from its expiry', '2026-01-01T00:00:00.000Z', '2026-11-23T12:00:00.000Z', 'expired'],
  ])('is %s', async (_, active_from, expiry_at, status) => {
    const { scope, portal } = await newCustomer();
    await addEntitlement(server, scope, {}, { active_from, expiry_at });
    expect(await read(portal)).toMatchObject([{ status }]);
    expect(await read(portal, `status__in=${status}`)).toHaveLength(1);
    const others = ['active', 'upcoming', 'expired'].filter((one) => one !== status).join(',');
    expect(await read(portal, `status__in=${others}`)).toHaveLength(0);
  });

  it.each([
    ['type__in=Feature', ['SSO']],
    ['type__in=Credits&type__in=Feature', ["100% o'clock", 'SSO']],
    ['search=sso', ['SSO']],
    ['search=%25', ["100% o'clock"]],
    ["search=O'C", ["100% o'clock"]],
    ['search=_', []],
    ['search=single', ['SSO']],
  ])('filters by %s', async (query, expected) => {
    const { scope, portal } = await newCustomer();
    await addEntitlement(server, scope, { name: 'api calls' });
    await addEntitlement(server, scope, { name: 'SSO', description: 'Single sign-on', entitlement_type: 'Feature' });
    await addEntitlement(server, scope, { name: "100% o'clock", entitlement_type: 'Credits' });
    expect(await names(portal, query)).toEqual(expected);
  });
});

describe('pages of the entitlement list', () => {
  interface Reference {
    id: string;
    name: string;
    type: string;
    active_from: string;
    expiry_at: string;
    quantity_remaining: number;
  }
  let portal: PortalClient;
  const rows: Reference[] = [];

  beforeAll(async () => {
    const customer = await newCustomer();
    portal = customer.portal;
    const types = ['Quantity', 'Credits', 'Feature'] as const;
    for (let index = 0; index < 19; index += 1) {
      const entitlement_type = types[index % 3] ?? 'Feature';
      const name = index % 2 === 0 ? `Thing ${index % 4}` : `thing ${index % 5}`;
      const quantity = index % 4 === 0 ? null : index + 0.5;
      const expiry_at = index % 5 === 0 ? null : `2027-01-0${(index % 3) + 1}T00:00:00.000Z`;
      const active_from = `2026-01-0${(index % 6) + 1}T00:00:00.000Z`;
      const quantity_used = (index % 7) * 2;
      const { id } = await addEntitlement(
        server,
        customer.scope,
        { name, entitlement_type },
        { quantity, quantity_used, expiry_at, active_from },
      );
      rows.push({
        id,
        name: name.toLowerCase(),
        type: entitlement_type,
        active_from,
        expiry_at: expiry_at ?? '9999',
        quantity_remaining: quantity === null ? Infinity : Math.max(quantity - quantity_used, 0),
      });
    }
  });

  it.each(EntitlementOrderField.options.flatMap((field) => [field, `-${field}`]))(
    'walks to the end and back in order %s',
    async (order) => {
      const field = order.replace('-', '') as EntitlementOrderField;
      const sign = order.startsWith('-') ? -1 : 1;
      const compare = (a: Reference, b: Reference) =>
        a[field] === b[field] ? (a.id < b.id ? -sign : sign) : a[field] < b[field] ? -sign : sign;
      const expected = rows.toSorted(compare).map(({ id }) => id);
      const walk = await walkPages(portal, `/entitlements?limit=4&order=${order}`);
      expect(walk.forwards).toEqual(expected);
      expect(walk.backwards).toEqual(expected);
      expect(walk.totals).toEqual([19]);
      expect(walk.isFirstAgain).toBe(true);
    },
  );
});
