import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listApiKeys, revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { openBulk, sendBulk } from '../testing/bulk-stream.ts';
import { holdWrites } from '../testing/database/hold-writes.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { whileRefusing } from '../testing/database/refuse-writes.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

const path = '/entitlements/bulk';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const merchant = merchantClient(server, organisation);
  return {
    merchant,
    organisationId: organisation.id,
    names: async (): Promise<string[]> => {
      const { body } = await merchant.get('/entitlements?order=name&limit=100');
      return (body['results'] as { name: string }[]).map(({ name }) => name);
    },
    audited: async (): Promise<unknown[]> => {
      const rows = await server.db
        .selectFrom('audit_event')
        .select('detail')
        .where('organisation_id', '=', organisation.id)
        .where('action', '=', 'entitlements.bulk_changed')
        .orderBy('created_at')
        .execute();
      return rows.map(({ detail }) => JSON.parse(detail ?? 'null') as unknown);
    },
  };
};

const record = (name: string) => ({ external_id: name, name });

describe('a bulk change', () => {
  it('answers 401 without a key, 415 to JSON and to compression, 422 to a query', async () => {
    const { merchant } = await newMerchant();
    expect((await server.request('PUT', path, { body: {} })).status).toBe(401);
    expect((await merchant.put(path, record('a'))).body['code']).toBe('media_type_unsupported');
    for (const [where, headers, status] of [
      [path, { 'content-encoding': 'gzip' }, 415],
      [`${path}?dry_run=true`, {}, 422],
    ] as const) {
      const stream = openBulk(server, merchant, where, headers);
      stream.send(record('a'));
      stream.end();
      const [answer] = (await once(stream.request, 'response')) as [{ statusCode: number }];
      expect(answer.statusCode).toBe(status);
    }
  });

  it('creates, updates and leaves alone, by external id, in the order of the lines', async () => {
    const { merchant, names, audited } = await newMerchant();
    const first = await sendBulk(server, merchant, path, [record('a'), '\n', record('b')]);
    expect(first).toEqual([
      { line: 1, status: 'created', id: expect.any(String), external_id: 'a', error: null },
      { line: 3, status: 'created', id: expect.any(String), external_id: 'b', error: null },
    ]);
    server.clock.advance(1000);
    const again = await sendBulk(server, merchant, path, [{ external_id: 'b', name: 'B' }, record('a')]);
    expect(again.map(({ status, id }) => [status, id])).toEqual([
      ['updated', first[1]?.id],
      ['unchanged', first[0]?.id],
    ]);
    expect(await names()).toEqual(['a', 'B']);
    expect(await audited()).toEqual([
      { created: 2, updated: 0, unchanged: 0, failed: 0 },
      { created: 0, updated: 1, unchanged: 1, failed: 0 },
    ]);
  });

  it('costs a bad line that line only, and says which field of which record broke which rule', async () => {
    const { merchant, names } = await newMerchant();
    const results = await sendBulk(server, merchant, path, [
      record('a'),
      '{"external_id": "half\n',
      `"${'x'.repeat(1_000_001)}"\n`,
      { external_id: 'b', name: 'B', units: 'calls' },
      { external_id: 'c', name: 7, colour: 'red' },
      '[]\n',
      `${'['.repeat(100_000)}\n`,
      record('d'),
    ]);
    expect(results.map(({ line, status, external_id, error }) => [line, status, external_id, error?.code])).toEqual([
      [1, 'created', 'a', undefined],
      [2, 'failed', null, 'line_malformed'],
      [3, 'failed', null, 'line_too_long'],
      [4, 'failed', 'b', 'request_invalid'],
      [5, 'failed', 'c', 'request_invalid'],
      [6, 'failed', null, 'request_invalid'],
      [7, 'failed', null, 'line_malformed'],
      [8, 'created', 'd', undefined],
    ]);
    expect(results[3]?.error).toMatchObject({ retryable: false, detail: [{ loc: ['body', 'units'] }] });
    expect(results[4]?.error?.detail.map(({ loc }) => loc)).toEqual([
      ['body', 'name'],
      ['body', 'colour'],
    ]);
    expect(await names()).toEqual(['a', 'd']);
  });

  it('answers what has been sent while the caller thinks about the next', async () => {
    const { merchant } = await newMerchant();
    const stream = openBulk(server, merchant, path);
    for (const name of ['a', 'b']) {
      stream.send(record(name));
      expect(await stream.results(1)).toMatchObject([{ status: 'created', external_id: name }]);
    }
    stream.end();
    expect(await stream.rest()).toEqual([]);
  });

  it('takes a caller who sends everything before reading anything', async () => {
    const { merchant } = await newMerchant();
    const count = 80_000;
    const stream = openBulk(server, merchant, path);
    stream.send(`${'?'.repeat(499)}\n`.repeat(count));
    stream.end();
    await once(stream.request, 'finish');
    expect(await stream.rest()).toHaveLength(count);
  });

  it('keeps whole records only when the caller goes away, and no error is logged', async () => {
    const { merchant, names, audited } = await newMerchant();
    const logged = vi.spyOn(server.dependencies.log, 'error');
    const stream = openBulk(server, merchant, path);
    stream.request.on('error', () => undefined);
    stream.send(record('a'), record('b'), JSON.stringify(record('c')).slice(0, -2));
    expect(await stream.results(2)).toHaveLength(2);
    stream.request.destroy();
    await once(stream.request, 'close');
    expect(await audited()).toEqual([{ created: 2, updated: 0, unchanged: 0, failed: 0 }]);
    expect(await names()).toEqual(['a', 'b']);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('does nothing that it cannot audit', async () => {
    const { merchant, names } = await newMerchant();
    await whileRefusing(server.db, { write: 'insert', table: 'audit_event' }, async () => {
      expect(await sendBulk(server, merchant, path, [record('a')])).toMatchObject([{ status: 'failed', id: null }]);
    });
    expect(await names()).toEqual([]);
  });

  it('undoes a whole batch that fails for a reason of our own, and goes on with the next', async () => {
    const { merchant, names } = await newMerchant();
    const boom = { write: 'insert', table: 'entitlement', when: "new.name = 'boom'" } as const;
    await whileRefusing(server.db, boom, async () => {
      const stream = openBulk(server, merchant, path);
      stream.send(record('a'), record('boom'));
      expect((await stream.results(2)).map(({ status, id, error }) => [status, id, error?.code])).toEqual([
        ['failed', null, 'internal_error'],
        ['failed', null, 'internal_error'],
      ]);
      stream.send(record('b'));
      stream.end();
      expect(await stream.rest()).toMatchObject([{ line: 3, status: 'created' }]);
      expect(await names()).toEqual(['b']);
    });
  });

  it('says of each record that trying again helps, when the database is busy', async () => {
    const { merchant, names } = await newMerchant();
    await merchant.get('/entitlements');
    const writer = await holdWrites(server.dependencies.config.databaseUrl);
    const stream = openBulk(server, merchant, path);
    stream.send(record('a'));
    const [result] = await stream.results(1);
    expect(result?.error).toMatchObject({ code: 'database_busy', retryable: true });
    await writer.release();
    stream.send(record('a'));
    stream.end();
    expect(await stream.rest()).toMatchObject([{ line: 2, status: 'created' }]);
    expect(await names()).toEqual(['a']);
  });

  it('takes nothing more once its key is revoked', async () => {
    const { merchant, organisationId } = await newMerchant();
    const scope = { organisationId };
    const [key] = await listApiKeys(server.db, scope);
    const stream = openBulk(server, merchant, path);
    stream.send(record('a'));
    expect(await stream.results(1)).toMatchObject([{ status: 'created' }]);
    await transact(server.db, (trx) => revokeApiKey(trx, server.clock, scope, key?.id ?? ''));
    stream.send(record('b'));
    stream.end();
    expect(await stream.rest()).toMatchObject([
      { status: 'failed', id: null, error: { code: 'api_key_invalid', retryable: false } },
    ]);
    expect(
      await server.db.selectFrom('entitlement').select('name').where('organisation_id', '=', organisationId).execute(),
    ).toEqual([{ name: 'a' }]);
  });

  it("stays in the merchant's organisation", async () => {
    const [mine, theirs] = [await newMerchant(), await newMerchant()];
    await sendBulk(server, theirs.merchant, path, [record('a')]);
    expect(await sendBulk(server, mine.merchant, path, [{ external_id: 'a', name: 'Mine' }])).toMatchObject([
      { status: 'created' },
    ]);
    expect(await theirs.names()).toEqual(['a']);
  });
});
