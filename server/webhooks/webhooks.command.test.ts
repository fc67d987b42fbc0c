import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortal } from '../testing/command-line.ts';

let folder: string;
let environment: Record<string, string>;
let organisation: string;

const url = 'https://hooks.example.com/zenskar';

const run = async (words: readonly string[], settings = environment) => {
  const { code, stdout, stderr } = await runPortal([...words, '--json'], { environment: settings });
  return { code, stderr, document: JSON.parse(stdout) as Record<string, unknown> };
};

const webhook = (...words: string[]) => run(['webhook', ...words, '--organisation', organisation]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-webhooks-'));
  environment = {
    DATABASE_URL: `sqlite:${join(folder, 'portal.sqlite')}`,
    SIGNING_SECRETS: `k1:${randomBytes(32).toString('base64url')}`,
  };
  const made = await run(['organisation', 'create', '--name', 'Shop', '--origin', 'https://shop.example']);
  organisation = String(made.document['id']);
});
afterAll(() => rm(folder, { recursive: true }));

describe('webhook', () => {
  it('makes an endpoint, lists it without its secret, switches it and deletes it', async () => {
    const created = await webhook('create', '--url', url, '--event', 'invoice.paid', '--event', 'payment.created');
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const { secret, ...endpoint } = created.document;
    expect(secret).toMatch(/^whsec_/);
    expect(endpoint).toMatchObject({ url, event_types: ['invoice.paid', 'payment.created'], status: 'enabled' });
    const id = String(endpoint['id']);
    expect((await webhook('list')).document).toEqual({ results: [endpoint] });

    expect((await webhook('disable', id)).document).toMatchObject({ id, status: 'disabled' });
    const refused = await webhook('test', id);
    expect([refused.code, refused.document['error']]).toMatchObject([1, { code: 'webhook_endpoint_state_invalid' }]);
    expect((await webhook('enable', id)).document).toMatchObject({ id, status: 'enabled' });
    expect((await webhook('test', id)).document).toMatchObject({ event_type: 'webhook.test', status: 'pending' });
    expect((await webhook('replay', id, '--since', '2026-01-01')).document).toEqual({ queued: 0, next_since: null });
    const rotated = await webhook('rotate-secret', id);
    expect(rotated.document['secret']).not.toBe(secret);

    expect((await webhook('delete', id)).document).toEqual({ id, deleted: true });
    expect((await webhook('list')).document).toEqual({ results: [] });
    const gone = await webhook('delete', id);
    expect([gone.code, gone.document['error']]).toMatchObject([1, { code: 'webhook_endpoint_not_found' }]);
  });

  it('shows the secret once, as text too', async () => {
    const words = ['webhook', 'create', '--organisation', organisation, '--url', url];
    const { stdout } = await runPortal(words, { environment });
    expect(stdout).toMatch(/^whsec_\S+\nThis is the only time/);
    const listed = await runPortal(['webhook', 'list', '--organisation', organisation], { environment });
    expect(listed.stdout).toContain('all events');
    expect(listed.stdout).not.toContain('whsec_');
  });

  it('says what it cannot do', async () => {
    const inside = await webhook('create', '--url', 'https://10.0.0.1/');
    expect([inside.code, inside.document['error']]).toMatchObject([1, { code: 'request_invalid' }]);
    const unknown = await webhook('create', '--url', url, '--event', 'invoice.lost');
    expect([unknown.code, unknown.document['error']]).toMatchObject([2, { code: 'usage_invalid' }]);
    const { DATABASE_URL = '' } = environment;
    const words = ['webhook', 'create', '--url', url, '--organisation', organisation];
    const keyless = await run(words, { DATABASE_URL });
    expect([keyless.code, keyless.document['error']]).toMatchObject([1, { code: 'config_invalid' }]);
    expect(keyless.stderr).toContain('SIGNING_SECRETS is missing');
  });
});
