import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../testing/command-line.ts';
import { hasProgram } from '../testing/debian-program.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replica, Replicas } from '../testing/replicas.ts';

const clients = 6;

const isWanted = isPostgres && hasProgram('nginx', 'two servers behind nginx');

let replicas: Replicas;
let folder: string;
let nginx: ReturnType<typeof spawn>;
let url: string;

/** The file that we give away, with this machine's ports and a folder of the test's own. */
const configure = async (port: number, servers: readonly Replica[]): Promise<string> => {
  const text = await readFile(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');
  const changed = servers
    .reduce(
      (config, { url: address }, index) => config.replace(`portal-${index + 1}:4000`, new URL(address).host),
      text,
    )
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('worker_processes auto', 'worker_processes 1')
    .replaceAll('/tmp/', `${folder}/`);
  expect(changed).not.toContain(':4000');
  const file = join(folder, 'nginx.conf');
  await writeFile(file, changed);
  return file;
};

beforeAll(async () => {
  if (!isWanted) {
    return;
  }
  replicas = await startReplicas(2, { TRUST_PROXY: '1' });
  folder = await mkdtemp(join(tmpdir(), 'portal-nginx-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const file = await configure(port, replicas.all);
  expect(spawnSync('nginx', ['-t', '-c', file, '-p', folder], { encoding: 'utf8' }).stderr).toContain('successful');
  nginx = spawn('nginx', ['-c', file, '-p', folder, '-g', 'daemon off;'], { stdio: 'ignore' });
  url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), { timeout: 10_000 });
});
afterAll(async () => {
  if (isWanted) {
    nginx.kill('SIGQUIT');
    await once(nginx, 'exit');
    await replicas.remove();
    await rm(folder, { recursive: true });
  }
});

interface Load {
  /** How many requests have been answered, by kind. */
  counts: { read: number; replaced: number; deleted: number; posted: number; sentAgain: number };
  failures: string[];
  /** The names of the customers that were made. */
  made: string[];
  stop(): Promise<void>;
}

/** What clients do all the while. */
const beginLoad = (settings: unknown): Load => {
  const { id, apiKey } = replicas.organisation;
  const common = { organisation: id, 'x-api-key': apiKey, 'content-type': 'application/json' };
  const counts: Load['counts'] = { read: 0, replaced: 0, deleted: 0, posted: 0, sentAgain: 0 };
  const failures: string[] = [];
  const made: string[] = [];
  let isOver = false;

  const send = async (method: string, path: string, body?: unknown, extra = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...common, ...extra },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: (await response.json().catch(() => ({}))) as Record<string, unknown> };
  };

  /** What nginx sends to the other server by itself: its client sees nothing but the answer. */
  const sendOnce = async (kind: 'read' | 'replaced' | 'deleted', method: string, path: string, body?: unknown) => {
    const outcome = await send(method, path, body).then(({ status }) => status, String);
    counts[kind] += 1;
    if (outcome !== 200) {
      failures.push(`${method} ${path}: ${outcome}`);
    }
  };

  /** What its client sends again with the same Idempotency-Key when nginx has no answer to it. */
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const key = { 'idempotency-key': randomUUID() };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const { status, answer } = await send('POST', path, body, key);
      if (status === 200) {
        counts.posted += 1;
        return answer;
      }
      if (![502, 503, 504].includes(status)) {
        failures.push(`POST ${path}: ${status} ${JSON.stringify(answer)}`);
        return answer;
      }
      counts.sentAgain += 1;
      await delay(50);
    }
    failures.push(`POST ${path}: given up`);
    return {};
  };

  const working = Array.from({ length: clients }, async (_, client) => {
    for (let round = 0; !isOver; round += 1) {
      const name = `client ${client}, round ${round}`;
      await sendOnce('read', 'GET', '/customers?limit=5');
      await sendOnce('replaced', 'PUT', '/customer_portal/configuration', settings);
      const customer = await post('/customers', { customer_name: name });
      made.push(name);
      const session = await post('/customer/session', {
        customer_id: customer['id'],
        return_url: 'https://shop.example/account',
      });
      await sendOnce('deleted', 'DELETE', `/customer/session/${String(session['session_id'])}`);
    }
  });
  return {
    counts,
    failures,
    made,
    stop: async () => {
      isOver = true;
      await Promise.all(working);
    },
  };
};

describe.runIf(isWanted)('two servers behind nginx', () => {
  it('fail no request that may be sent twice, while one is killed and started again and the other drained', async () => {
    const [first, second] = replicas.all as [Replica, Replica];
    const { body } = await merchantClient(first, replicas.organisation).get('/customer_portal/configuration');
    const { branding, allowed_origins, return_origins, sections } = body;
    const load = beginLoad({ branding, allowed_origins, return_origins, sections });
    const answered = (): number => load.counts.read + load.counts.replaced + load.counts.posted;
    const goOn = async (requests: number): Promise<void> => {
      const before = answered();
      await expect.poll(answered, { timeout: 20_000 }).toBeGreaterThan(before + requests);
    };
    await goOn(60);
    first.signal('SIGKILL');
    await goOn(60);
    const again = await replicas.start({ PORT: new URL(first.url).port, LOG_LEVEL: 'info' });
    // The log tells of what changes something.
    await expect.poll(() => again.log(), { timeout: 20_000 }).toContain('"msg":"request"');
    second.signal('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, signal: null });
    await goOn(60);
    await load.stop();
    expect(load.failures).toEqual([]);
    const rows = await replicas.db.selectFrom('customer').select('customer_name').execute();
    expect(rows.map(({ customer_name }) => customer_name).sort()).toEqual(load.made.sort());
    expect(second.log()).toBe('');
  });
});
