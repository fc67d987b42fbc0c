import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PortalConfiguration } from '#contract/configuration.ts';
import { createApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

const path = '/customer_portal/configuration';
const consolePath = '/console/api/configuration';

const branding = {
  logo_url: 'https://shop.example/logo.svg',
  accent: '#0f766e',
  radius: 4,
  font_family: "'Inter', sans-serif",
  theme: 'dark',
};
const settings = {
  branding,
  allowed_origins: [merchantOrigin],
  return_origins: ['https://shop.example'],
  sections: ['invoices', 'profile'],
};

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let staff: ConsoleClient;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
});

const put = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  server.request('PUT', path, { headers: { ...merchant.headers, ...headers }, body });

const putByStaff = (body: unknown, headers: Record<string, string>): Promise<Answer> =>
  server.request('PUT', consolePath, { headers: { ...staff.headers, origin: server.origin, ...headers }, body });

const getByStaff = (): Promise<Answer> => server.request('GET', consolePath, { headers: staff.headers });

const changes = async (): Promise<unknown[]> => {
  const rows = await server.db
    .selectFrom('audit_event')
    .select(['actor_type', 'detail', 'request_id'])
    .where('organisation_id', '=', organisation.id)
    .where('action', '=', 'configuration.changed')
    .orderBy('sequence')
    .execute();
  return rows.map(({ actor_type, detail, request_id }) => [
    actor_type,
    JSON.parse(detail ?? 'null'),
    request_id !== null,
  ]);
};

describe('GET /customer_portal/configuration', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('GET', path)).status).toBe(401);
  });

  it('answers how the portal of this organisation is set up, and nothing secret', async () => {
    const { id, key } = await transact(server.db, async (trx) => {
      const organisationId = await createOrganisation(trx, server.clock, {
        name: 'Northwind Cloud',
        allowedOrigins: ['https://shop.example', 'https://app.shop.example'],
        returnOrigins: ['https://shop.example'],
        branding: { accent: '#0f766e', logo_url: 'https://shop.example/logo.svg' },
      });
      const { key } = await createApiKey(trx, server.clock, { organisationId }, { name: 'Backend' });
      return { id: organisationId, key };
    });
    const { status, body, headers } = await merchantClient(server, { id, apiKey: key }).get(path);
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toEqual({
      organisation: { id, name: 'Northwind Cloud' },
      branding: {
        logo_url: 'https://shop.example/logo.svg',
        accent: '#0f766e',
        radius: null,
        font_family: null,
        theme: null,
      },
      allowed_origins: ['https://app.shop.example', 'https://shop.example'],
      return_origins: ['https://shop.example'],
      sections: ['invoices', 'payments', 'entitlements', 'profile'],
      portal_url: server.origin,
    });
  });

  it('takes no query', async () => {
    expect((await merchant.get(`${path}?expand=keys`)).status).toBe(422);
  });
});

describe('PUT /customer_portal/configuration', () => {
  it('answers 401 without a key, and changes nothing of another organisation', async () => {
    expect((await server.request('PUT', path, { body: settings })).status).toBe(401);
    const other = merchantClient(server, await server.addOrganisation('Somebody else'));
    expect((await put(settings)).status).toBe(200);
    expect((await other.get(path)).body).toMatchObject({
      branding: { accent: null },
      allowed_origins: [merchantOrigin],
    });
  });

  it('replaces all that can be set, and says it the same way when it is read', async () => {
    const { status, body, headers } = await put({
      ...settings,
      allowed_origins: ['https://Shop.example/', merchantOrigin, 'https://shop.example'],
      sections: ['profile', 'invoices', 'invoices'],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...settings,
      allowed_origins: [...new Set([merchantOrigin, 'https://shop.example'])].sort(),
    });
    const read = await merchant.get(path);
    expect(read.body).toEqual(body);
    expect([headers.get('etag'), read.headers.get('etag')]).toEqual(['"2"', '"2"']);
  });

  it('unsets what the branding leaves out', async () => {
    await put(settings);
    const { body } = await put({ ...settings, branding: { accent: '#FFF' } });
    expect(body['branding']).toEqual({
      logo_url: null,
      accent: '#ffffff',
      radius: null,
      font_family: null,
      theme: null,
    });
  });

  it('writes down what was changed and which websites, and nothing when nothing is', async () => {
    await put(settings);
    expect((await put(settings)).headers.get('etag')).toBe('"2"');
    await put({ ...settings, branding: { ...branding, accent: '#123456' }, allowed_origins: ['https://new.example'] });
    expect(await changes()).toEqual([
      [
        'api_key',
        {
          fields: ['logo_url', 'accent', 'radius', 'font_family', 'theme', 'return_origins', 'sections'],
          returning: ['https://shop.example'],
        },
        true,
      ],
      [
        'api_key',
        {
          fields: ['accent', 'allowed_origins'],
          allowed: ['https://new.example'],
          no_longer_allowed: [merchantOrigin],
        },
        true,
      ],
    ]);
  });

  it('leaves alone what has changed since it was read', async () => {
    expect((await put(settings, { 'if-match': '"1"' })).status).toBe(200);
    const late = await put({ ...settings, sections: ['payments'] }, { 'if-match': '"1"' });
    expect([late.status, late.body['code']]).toEqual([412, 'precondition_failed']);
    expect((await merchant.get(path)).body).toMatchObject(settings);
    expect((await put(settings, { 'if-match': '*' })).status).toBe(200);
  });

  it.each([
    ['a field that is none', { ...settings, portal_url: 'https://x.example' }, ['body', 'portal_url']],
    ['a look that is none', { ...settings, branding: { ...branding, css: '' } }, ['body', 'branding', 'css']],
    ['nothing', {}, ['body', 'allowed_origins']],
    [
      'a website with a path',
      { ...settings, allowed_origins: ['https://a.example/b'] },
      ['body', 'allowed_origins', 0],
    ],
    ['plain http', { ...settings, return_origins: ['http://a.example'] }, ['body', 'return_origins', 0]],
    ['no section', { ...settings, sections: [] }, ['body', 'sections']],
    ['a section that is none', { ...settings, sections: ['reports'] }, ['body', 'sections', 0]],
  ])('refuses %s, and says where', async (_what, body, loc) => {
    const answer = await put(body);
    expect(answer.status).toBe(422);
    expect(answer.body['detail']).toContainEqual(expect.objectContaining({ loc }));
    expect(await changes()).toEqual([]);
  });
});

describe('what is set', () => {
  const opened = async (customerId: string, sections?: string[]): Promise<unknown> => {
    const { body } = await createSession(server, organisation, { customer_id: customerId, sections });
    return (await redeem(server, organisation.id, String(body['session_token']))).body;
  };

  it('is worn by the next portal that opens, and gives it its sections', async () => {
    const customerId = await addCustomer(server, organisation.id);
    await put(settings);
    expect(await opened(customerId)).toMatchObject({
      session: { sections: ['invoices', 'profile'], organisation: { branding } },
    });
    expect(await opened(customerId, ['payments'])).toMatchObject({ session: { sections: ['payments'] } });
  });

  it('shuts a website out at once, also where the portal is open', async () => {
    const customerId = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, customerId);
    const summary = `/portal/${organisation.id}/summary`;
    expect((await server.request('GET', summary, { headers: portal.headers })).status).toBe(200);
    await put({ ...settings, sections: ['invoices'], allowed_origins: [] });
    const after = await server.request('GET', summary, { headers: portal.headers });
    expect([after.status, after.body['code']]).toEqual([403, 'origin_not_allowed']);
  });

  it('says where customers may be sent back to', async () => {
    const customerId = await addCustomer(server, organisation.id);
    await put({ ...settings, return_origins: ['https://elsewhere.example'] });
    const answer = await createSession(server, organisation, {
      customer_id: customerId,
      return_url: 'https://shop.example/',
    });
    expect(answer.status).toBe(422);
  });
});

describe('the configuration in the console', () => {
  beforeEach(async () => {
    staff = await openConsole(server, organisation.id, { email: `${organisation.id}@northwind.example` });
  });

  it('is that of the staff member', async () => {
    expect((await server.request('GET', consolePath)).status).toBe(401);
    await put(settings);
    const { body } = await getByStaff();
    expect(body as unknown as PortalConfiguration).toEqual((await merchant.get(path)).body);
  });

  it('is replaced by who has read it, from the console, and nobody else', async () => {
    const { headers } = await getByStaff();
    const etag = headers.get('etag') ?? '';
    const unread = await putByStaff(settings, {});
    expect([unread.status, unread.body['code']]).toEqual([428, 'precondition_required']);
    expect((await putByStaff(settings, { 'if-match': '*' })).status).toBe(428);
    expect((await putByStaff(settings, { 'if-match': etag, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect(await changes()).toEqual([]);

    expect((await putByStaff(settings, { 'if-match': etag })).status).toBe(200);
    const late = await putByStaff({ ...settings, sections: ['payments'] }, { 'if-match': etag });
    expect([late.status, late.body['code']]).toEqual([412, 'precondition_failed']);
    expect(await changes()).toEqual([
      ['staff', expect.objectContaining({ returning: ['https://shop.example'] }), true],
    ]);
  });
});
