import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async (): Promise<MerchantClient> => merchantClient(server, await server.addOrganisation());

const create = async (merchant: MerchantClient, body: Record<string, unknown>): Promise<string> =>
  String((await merchant.post('/products', body)).body['id']);

describe('POST /products', () => {
  it('answers 401 without a key', async () => {
    const { status, body } = await server.request('POST', '/products', { body: { name: 'Storage' } });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('creates a product', async () => {
    const merchant = await newMerchant();
    const { status, body } = await merchant.post('/products', { name: " Storage O'Hara ", external_id: 'storage' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      external_id: 'storage',
      name: "Storage O'Hara",
      created_at: '2026-11-23T12:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.000Z',
    });
    expect((await merchant.get(`/products/${String(body['id'])}`)).body).toEqual(body);
  });

  it.each([
    ['no name', {}, ['body', 'name']],
    ['an empty name', { name: ' ' }, ['body', 'name']],
    ['a NUL', { name: 'a\u0000b' }, ['body', 'name']],
    ['an unknown field', { name: 'A', price: 1 }, ['body', 'price']],
  ])('answers 422 to %s', async (_, sent, loc) => {
    const { status, body } = await (await newMerchant()).post('/products', sent);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it('refuses an external id that another product has, but not one of another organisation', async () => {
    const merchant = await newMerchant();
    await create(await newMerchant(), { name: 'Theirs', external_id: 'storage' });
    await create(merchant, { name: 'Storage', external_id: 'storage' });
    const { status, body } = await merchant.post('/products', { name: 'Again', external_id: 'storage' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'external_id_taken', detail: [{ loc: ['body', 'external_id'] }] });
  });
});

describe('GET and PATCH /products/{id}', () => {
  it("answers 404 to a missing and to somebody else's product", async () => {
    const merchant = await newMerchant();
    const theirs = await create(await newMerchant(), { name: 'Theirs' });
    for (const id of [nowhere, theirs]) {
      const answers = [
        await merchant.get(`/products/${id}`),
        await merchant.patch(`/products/${id}`, { name: 'Mine' }),
      ];
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
        [404, 'product_not_found'],
        [404, 'product_not_found'],
      ]);
    }
  });

  it('changes only what is given, and null clears', async () => {
    const merchant = await newMerchant();
    const id = await create(merchant, { name: 'Storage', external_id: 'storage' });
    expect((await merchant.patch(`/products/${id}`, { name: 'Disk' })).body).toMatchObject({
      name: 'Disk',
      external_id: 'storage',
    });
    expect((await merchant.patch(`/products/${id}`, { external_id: 'storage' })).status).toBe(200);
    expect((await merchant.patch(`/products/${id}`, { external_id: null })).body).toMatchObject({
      name: 'Disk',
      external_id: null,
    });
  });

  it('leaves a product that a change says nothing new of as it was', async () => {
    const merchant = await newMerchant();
    const { body: created } = await merchant.post('/products', { name: 'Storage', external_id: 'storage' });
    server.clock.advance(1000);
    for (const patch of [{}, { name: 'Storage', external_id: 'storage' }]) {
      expect((await merchant.patch(`/products/${String(created['id'])}`, patch)).body).toEqual(created);
    }
    const { body } = await merchant.patch(`/products/${String(created['id'])}`, { name: 'Disk' });
    expect(body['updated_at']).not.toBe(created['updated_at']);
  });
});

describe('GET /products', () => {
  it('pages, filters and orders', async () => {
    const merchant = await newMerchant();
    const ids = [];
    for (const [index, name] of ['beta', 'Alpha', 'gamma', 'Delta'].entries()) {
      ids.push(await create(merchant, { name, external_id: `p-${index}` }));
    }
    await create(await newMerchant(), { name: 'Theirs' });
    const [beta, alpha, gamma, delta] = ids;
    const walk = await walkPages(merchant, '/products?limit=3&order=name');
    expect(walk.forwards).toEqual([alpha, beta, delta, gamma]);
    expect(walk.totals).toEqual([4]);
    const found = async (query: string) =>
      ((await merchant.get(`/products?${query}`)).body['results'] as { id: string }[]).map(({ id }) => id);
    expect(await found('external_id=p-2')).toEqual([gamma]);
    expect(await found('name__ilike=LPH')).toEqual([alpha]);
    expect(await found('sort_key=name&sort_type=desc&limit=1')).toEqual([gamma]);
    expect((await merchant.get('/products?colour=red')).status).toBe(422);
  });
});
