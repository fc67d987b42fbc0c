import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { createApiKey } from '../api-keys/api-keys.service.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('GET /customer_portal/configuration', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('GET', '/customer_portal/configuration')).status).toBe(401);
  });

  it('answers how the portal of this organisation is set up, and nothing secret', async () => {
    await server.addOrganisation('Somebody else');
    const { id, key } = await transact(server.db, async (trx) => {
      const organisationId = await createOrganisation(trx, server.clock, {
        name: 'Northwind Cloud',
        allowedOrigins: ['https://shop.example', 'https://app.shop.example'],
        returnOrigins: ['https://shop.example'],
        branding: { accent: '#0f766e', logoUrl: 'https://shop.example/logo.svg' },
      });
      const { key } = await createApiKey(trx, server.clock, { organisationId }, { name: 'Backend' });
      return { id: organisationId, key };
    });
    const { status, body } = await merchantClient(server, { id, apiKey: key }).get('/customer_portal/configuration');
    expect(status).toBe(200);
    expect(body).toEqual({
      organisation: { id, name: 'Northwind Cloud' },
      branding: { logo_url: 'https://shop.example/logo.svg', accent: '#0f766e' },
      allowed_origins: ['https://app.shop.example', 'https://shop.example'],
      return_origins: ['https://shop.example'],
      sections: ['invoices', 'payments', 'entitlements', 'profile'],
      portal_url: server.origin,
    });
  });

  it('answers nothing of branding where there is none', async () => {
    const merchant = merchantClient(server, await server.addOrganisation());
    const { body } = await merchant.get('/customer_portal/configuration');
    expect(body).toMatchObject({ branding: { logo_url: null, accent: null }, return_origins: [] });
    expect((await merchant.get('/customer_portal/configuration?expand=keys')).status).toBe(422);
  });
});
