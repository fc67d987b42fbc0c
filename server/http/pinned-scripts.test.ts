import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testClock } from '../testing/test-clock.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { keepPinnedScripts, listPinnedScripts } from './pinned-scripts.ts';

let folder: string;
let server: TestServer;

const start = async (): Promise<void> => {
  server = await startTestServer({ environment: { PINNED_FOLDER: folder } });
};

/** What a server of an earlier version has left behind. */
const leave = async (version: string, content: string, { claimed = content } = {}): Promise<string> => {
  const hash = createHash('sha384').update(claimed).digest('base64url').slice(0, 16);
  const address = `${version}-${hash}`;
  const file = join(folder, address, 'zenskar-portal.js');
  await mkdir(join(folder, address), { recursive: true });
  await writeFile(file, content);
  await writeFile(`${file}.br`, brotliCompressSync(content));
  await writeFile(`${file}.gz`, gzipSync(content));
  return `/widget/${address}/zenskar-portal.js`;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-pinned-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it('serves what an earlier version has left, for ever and to every page', async () => {
  const path = await leave('0.0.9', 'export const earlier = 1;');
  await start();
  const { status, text, headers } = await server.request('GET', path);
  expect([status, text]).toEqual([200, 'export const earlier = 1;']);
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('content-encoding')).not.toBeNull();
});

it('keeps the scripts of its own version for the next one', async () => {
  await start();
  const scripts = await listPinnedScripts();
  const addresses = scripts.map(({ path }) => path.split('/')[2]);
  expect(addresses.length).toBeGreaterThan(0);
  expect((await readdir(folder)).sort()).toEqual([...addresses].sort());
  for (const { path, name } of scripts) {
    expect((await readdir(join(folder, path.split('/')[2] ?? ''))).sort()).toEqual([name, `${name}.br`, `${name}.gz`]);
  }
});

it('serves nothing that is not what its address says', async () => {
  const changed = await leave('0.0.9', 'alert(1);', { claimed: 'export const earlier = 1;' });
  const cutShort = await leave('0.0.8', 'export const other = 2;');
  await writeFile(join(folder, cutShort.split('/')[2] ?? '', 'zenskar-portal.js.br'), '');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await start();
  for (const path of [changed, cutShort, '/widget/secret.js', '/widget/0.0.9-AAAAAAAAAAAAAAAA/zenskar-portal.js']) {
    expect([path, (await server.request('GET', path)).status]).toEqual([path, 404]);
  }
});

it('mends a copy that broke off', async () => {
  await start();
  const [script] = await listPinnedScripts();
  const file = join(folder, script?.path.split('/')[2] ?? '', script?.name ?? '');
  const whole = await readFile(file, 'utf8');
  await writeFile(file, 'half');
  await keepPinnedScripts(folder, testClock(), pino({ level: 'silent' }));
  expect(await readFile(file, 'utf8')).toBe(whole);
});

it('keeps forty, and forgets those that were in use longest ago', async () => {
  const paths = [];
  for (let number = 0; number < 42; number += 1) {
    const path = await leave(`0.0.${number}`, `export const n = ${number};`);
    const at = new Date(Date.UTC(2026, 0, 1 + number));
    await utimes(join(folder, path.split('/')[2] ?? ''), at, at);
    paths.push(path);
  }
  await start();
  expect(await readdir(folder)).toHaveLength(40);
  expect((await server.request('GET', paths[0] ?? '')).status).toBe(404);
  expect((await server.request('GET', paths[41] ?? '')).status).toBe(200);
});

it('starts where nothing can be kept, serves its own version, and says so', async () => {
  const blocked = join(folder, 'a-file');
  await writeFile(blocked, '');
  server = await startTestServer({ environment: { PINNED_FOLDER: blocked } });
  const [script] = await listPinnedScripts();
  expect((await server.request('GET', script?.path ?? '')).status).toBe(200);

  const lines: string[] = [];
  await keepPinnedScripts(blocked, testClock(), pino({}, { write: (line: string) => lines.push(line) }));
  expect(lines.join()).toContain('pinned scripts could not be kept');
});
