import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, runPortal, startPortal } from '../testing/command-line.ts';
import { DemoFile } from './demo-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const readDemo = async (): Promise<DemoFile> =>
  DemoFile.parse(JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')));

const seed = (...words: string[]) => runPortal(['demo', '--seed-only', '--data', folder, '--json', ...words]);

test('makes the demo once, keeps it, and makes another on request', async () => {
  const first = await seed();
  expect(first.code).toBe(0);
  const demo = await readDemo();
  expect(JSON.parse(first.stdout)).toEqual(demo);
  expect(demo).toMatchObject({ api_url: 'http://localhost:4000', demo_url: 'http://localhost:4001' });
  expect(demo.customers.map((customer) => customer.name)).toContain("O'Hara & Søns");
  expect((await stat(join(folder, 'demo.json'))).mode & 0o777).toBe(0o600);

  await seed();
  expect(await readDemo()).toEqual(demo);

  await seed('--reset');
  const other = await readDemo();
  expect(other.api_key).not.toBe(demo.api_key);
  expect(other.customers).toEqual(demo.customers);
});

test("throws nothing away while another organisation's data is in the database", async () => {
  await seed();
  const demo = await readDemo();
  const database = join(folder, 'portal.sqlite');
  expect((await stat(database)).mode & 0o777).toBe(0o600);
  const environment = { environment: { DATABASE_URL: `sqlite:${database}` } };
  await runPortal(['organisation', 'create', '--name', 'Shop', '--origin', 'https://shop.example'], environment);
  const reset = await seed('--reset');
  expect(reset.code).toBe(1);
  expect(JSON.parse(reset.stdout)).toMatchObject({ error: { code: 'other_data' } });
  expect(reset.stderr).toContain('Shop');
  expect(await readDemo()).toEqual(demo);
  const listed = await runPortal(['organisation', 'list', '--json'], environment);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    results: [{ name: 'Northwind Cloud' }, { name: 'Shop', allowed_origins: ['https://shop.example'] }],
  });
});

test('is made in another database on request, which it never throws away, and not in that of DATABASE_URL', async () => {
  const [own, other, merchants] = ['portal', 'other', 'merchants'].map((name) => join(folder, `${name}.sqlite`));
  const environment = { DATABASE_URL: `sqlite:${merchants}` };
  const words = ['demo', '--seed-only', '--data', folder, '--json', '--database', `sqlite:${other}`];
  expect((await runPortal(words, { environment })).code).toBe(0);
  expect([own, other, merchants].map((file) => existsSync(String(file)))).toEqual([false, true, false]);
  const reset = await runPortal([...words, '--reset']);
  expect(JSON.parse(reset.stdout)).toMatchObject({ error: { code: 'reset_elsewhere' } });
});

test('serves portal and website, ends both on a signal, and starts again with the same secret', async () => {
  const ports = ['--port', String(await freePort()), '--demo-port', String(await freePort())];
  const start = () => startPortal(['demo', '--data', folder, ...ports]);
  const running = await start();
  const demo = await readDemo();
  expect(running.document).toEqual(demo);
  expect((await fetch(`${demo.api_url}/health/live`)).status).toBe(200);
  expect((await fetch(`${demo.demo_url}/account`)).status).toBe(200);
  const secret = await readFile(join(folder, 'signing-secret'), 'utf8');
  expect((await stat(join(folder, 'signing-secret'))).mode & 0o777).toBe(0o600);
  expect(await running.stop('SIGINT')).toBe(0);
  await expect(fetch(demo.demo_url)).rejects.toThrow();
  await expect(fetch(demo.api_url)).rejects.toThrow();

  const again = await start();
  expect(again.document).toEqual(demo);
  expect(await readFile(join(folder, 'signing-secret'), 'utf8')).toBe(secret);
  expect(await again.stop()).toBe(0);
});

test('says in one line that a port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = String(typeof address === 'object' ? address?.port : 0);
  try {
    const ports = ['--port', port, '--demo-port', String(await freePort())];
    const result = await runPortal(['demo', '--data', folder, ...ports]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`Port ${port} is in use by another program\n`);
  } finally {
    taken.close();
  }
});

test('says in one line that nothing can be written', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const result = await runPortal(['demo', '--seed-only', '--data', join(file, 'data')]);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^Cannot write to the folder .*\n$/);
});

test('does not quietly move to another port than the one it was made for', async () => {
  await seed();
  const result = await seed('--demo-port', '5999');
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('The demo was made for http://localhost:4001');
});

test('tells when demo.json is damaged or gone', async () => {
  await seed();
  await writeFile(join(folder, 'demo.json'), '{}');
  expect((await seed()).stderr).toContain('is damaged');
  await rm(join(folder, 'demo.json'));
  expect((await seed()).stderr).toContain('is gone: start once with --reset');
});

test('refuses a port that is none', async () => {
  expect(await seed('--port', '70000')).toMatchObject({ code: 2 });
});
