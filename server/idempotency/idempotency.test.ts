import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAllRows } from '../testing/database/all-rows.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { once } from './idempotency.service.ts';

const hourMs = 3_600_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const merchant = merchantClient(server, organisation);
  return { merchant, organisation };
};

const post = (merchant: MerchantClient, key: string, body: unknown, path = '/products') =>
  merchant.post(path, body, { 'idempotency-key': key });

const productNames = async (merchant: MerchantClient): Promise<string[]> =>
  ((await merchant.get('/products?order=name')).body['results'] as { name: string }[]).map(({ name }) => name);

describe('Idempotency-Key', () => {
  it('answers the same request with the same answer, and does it once', async () => {
    const { merchant } = await newMerchant();
    const first = await post(merchant, 'k-1', { name: 'Storage', external_id: 's' });
    const second = await post(merchant, 'k-1', { external_id: 's', name: 'Storage' });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await productNames(merchant)).toEqual(['Storage']);
  });

  it('refuses another request with the key', async () => {
    const { merchant } = await newMerchant();
    await post(merchant, 'k-1', { name: 'Storage' });
    const { status, body } = await post(merchant, 'k-1', { name: 'Disk' });
    expect([status, body['code']]).toEqual([422, 'idempotency_key_reused']);
    expect(await productNames(merchant)).toEqual(['Storage']);
  });

  it('does it once when many come at once over HTTP', async () => {
    const { merchant } = await newMerchant();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(merchant, 'k-1', { name: 'Storage' })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(await productNames(merchant)).toEqual(['Storage']);
  });

  it('lets the second of two at once wait for the answer of the first', async () => {
    const { organisation } = await newMerchant();
    const use = { organisationId: organisation.id, key: 'k-1', route: 'POST /products' };
    let runs = 0;
    const run = () =>
      once(server.dependencies, use, {}, async () => {
        runs += 1;
        return Promise.resolve({ run: runs });
      });
    const answers = await Promise.all([run(), run()]);
    expect(answers.toSorted((a, b) => Number(a.isReplayed) - Number(b.isReplayed))).toEqual([
      { body: { run: 1 }, isReplayed: false },
      { body: { run: 1 }, isReplayed: true },
    ]);
  });

  it('leaves nothing behind when the effect cannot be committed', async () => {
    const { merchant, organisation } = await newMerchant();
    const use = { organisationId: organisation.id, key: 'k-1', route: 'POST /products' };
    const failing = once(server.dependencies, use, {}, async (trx) => {
      await trx.updateTable('organisation').set({ name: 'Twice' }).where('id', '=', organisation.id).execute();
      throw new Error('the disk is full');
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(
      await server.db.selectFrom('organisation').select('name').where('id', '=', organisation.id).execute(),
    ).toEqual([{ name: 'Northwind Cloud' }]);
    const { status, headers } = await post(merchant, 'k-1', { name: 'Storage' });
    expect(status).toBe(200);
    expect(headers.get('idempotent-replayed')).toBeNull();
  });

  it('does not keep what failed', async () => {
    const { merchant } = await newMerchant();
    const holder = await merchant.post('/products', { name: 'Old', external_id: 's' });
    expect((await post(merchant, 'k-1', { name: 'New', external_id: 's' })).status).toBe(409);
    await merchant.patch(`/products/${String(holder.body['id'])}`, { external_id: null });
    const { status, headers } = await post(merchant, 'k-1', { name: 'New', external_id: 's' });
    expect(status).toBe(200);
    expect(headers.get('idempotent-replayed')).toBeNull();
  });

  it('is forgotten after 24 hours', async () => {
    const { merchant, organisation } = await newMerchant();
    await post(merchant, 'k-1', { name: 'Storage' });
    server.clock.advance(24 * hourMs - 1);
    expect((await post(merchant, 'k-1', { name: 'Disk' })).status).toBe(422);
    server.clock.advance(1);
    expect((await post(merchant, 'k-1', { name: 'Disk' })).status).toBe(200);
    expect(await productNames(merchant)).toEqual(['Disk', 'Storage']);
    server.clock.advance(25 * hourMs);
    await post(merchant, 'k-2', { name: 'Third' });
    const kept = await server.db
      .selectFrom('idempotency_key')
      .select('key')
      .where('organisation_id', '=', organisation.id)
      .execute();
    expect(kept).toEqual([{ key: 'k-2' }]);
  });

  it('is another key for another organisation, and on another route', async () => {
    const [mine, theirs] = [await newMerchant(), await newMerchant()];
    await post(mine.merchant, 'k-1', { name: 'Mine' });
    expect((await post(theirs.merchant, 'k-1', { name: 'Theirs' })).status).toBe(200);
    expect((await post(mine.merchant, 'k-1', { name: 'Mine' }, '/entitlements')).body).toMatchObject({
      entitlement_type: 'Feature',
    });
    expect(await productNames(theirs.merchant)).toEqual(['Theirs']);
  });

  it.each([
    ['one with a space', 'a b'],
    ['one that is too long', 'x'.repeat(256)],
  ])('answers 422 to %s', async (_, key) => {
    const { merchant } = await newMerchant();
    const { status, body } = await post(merchant, key, { name: 'Storage' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: ['header', 'Idempotency-Key'] }] });
  });

  it('gives a secret again that the database does not hold in clear', async () => {
    const { merchant, organisation } = await newMerchant();
    const customerId = await addCustomer(server, organisation.id);
    const body = { customer_id: customerId, return_url: 'https://shop.example/account' };
    const [first, second] = [
      await post(merchant, 'k-1', body, '/customer/session'),
      await post(merchant, 'k-1', body, '/customer/session'),
    ];
    const token = String(first.body['session_token']);
    expect(second.body).toEqual(first.body);
    const stored = JSON.stringify(await readAllRows(server.db));
    expect(stored).toContain(String(first.body['session_id']));
    expect(stored).not.toContain(token.slice(-43));
  });

  it('does not run again when its answer can no longer be read', async () => {
    const { organisation } = await newMerchant();
    const use = { organisationId: organisation.id, key: 'k-1', route: 'POST /products' };
    let runs = 0;
    const work = () => Promise.resolve({ run: (runs += 1) });
    await once(server.dependencies, use, {}, work);
    const signingKeys = [{ kid: 'new', key: createSecretKey(randomBytes(32)) }] as const;
    const config = { ...server.dependencies.config, signingKeys };
    await expect(once({ ...server.dependencies, config }, use, {}, work)).rejects.toMatchObject({
      status: 409,
      code: 'idempotency_answer_lost',
    });
    expect(runs).toBe(1);
  });
});
