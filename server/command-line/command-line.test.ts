import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { inOrganisation } from '../database/organisation-context.ts';
import { transact } from '../database/transaction.ts';
import { freePort, runPortal, startPortal } from '../testing/command-line.ts';
import { createDatabase } from '../testing/test-server.ts';

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-line-'));
  database = await createDatabase();
  environment = { DATABASE_URL: database.url };
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const answer = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { code, stdout, stderr } = await runPortal([...words, '--json'], { environment });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
};

const newOrganisation = async (): Promise<string> =>
  String((await answer('organisation', 'create', '--name', 'Acme', '--origin', 'https://acme.example'))['id']);

test('migrate makes the database and its folder, and then has nothing to do', async () => {
  const own = { environment: { DATABASE_URL: `sqlite:${join(folder, 'own', 'portal.sqlite')}` } };
  expect((await runPortal(['migrate'], own)).stdout).toBe(`Ran ${Object.keys(migrations).join(', ')}.\n`);
  expect((await runPortal(['migrate'], own)).stdout).toBe('The database is up to date.\n');
});

describe('organisation create', () => {
  test('answers with the id and the origins', async () => {
    const made = await answer(
      ...['organisation', 'create', '--name', 'Acme', '--origin', 'https://a.example', '--origin', 'https://b.example'],
      ...['--time-zone', 'Asia/Tokyo', '--accent', '#0f766e', '--return-origin', 'https://a.example'],
    );
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Acme',
      allowed_origins: ['https://a.example', 'https://b.example'],
    });
  });

  test.each([
    ['no name', ['--origin', 'https://a.example'], '--name'],
    ['no origin', ['--name', 'Acme'], '--origin'],
    ['an origin with a path', ['--name', 'Acme', '--origin', 'https://a.example/x'], 'leave out path'],
    ['a time zone that is none', ['--name', 'A', '--origin', 'https://a.example', '--time-zone', 'Mars'], 'time zone'],
    ['a colour that is none', ['--name', 'A', '--origin', 'https://a.example', '--accent', 'red'], 'colour'],
    ['an unknown option', ['--name', 'A', '--origin', 'https://a.example', '--shoe', '1'], '--shoe'],
  ])('%s: exit code 2 and why', async (_, options, reason) => {
    const { code, stdout, stderr } = await runPortal(['organisation', 'create', ...options, '--json'], { environment });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'usage_invalid', message: expect.stringContaining(reason) } });
  });
});

describe('organisation configure', () => {
  test('shows how the portal is set up, and changes what is given', async () => {
    const words = ['organisation', 'configure', '--organisation', await newOrganisation()];
    expect(await answer(...words)).toMatchObject({
      branding: { logo_url: null, accent: null, radius: null, font_family: null, theme: null },
      allowed_origins: ['https://acme.example'],
      sections: ['invoices', 'payments', 'entitlements', 'profile'],
    });
    await answer(...words, '--accent', '#0F7', '--radius', '0', '--font-family', 'Inter, serif', '--theme', 'dark');
    const { stdout } = await runPortal(
      [...words, '--accent', 'none', '--return-origin', 'https://acme.example', '--sections', 'invoices,payments'],
      { environment },
    );
    expect(stdout.split('\n').slice(1)).toEqual([
      'logo_url: none',
      'accent: none',
      'radius: 0',
      'font_family: Inter, serif',
      'theme: dark',
      'allowed_origins: https://acme.example',
      'return_origins: https://acme.example',
      'sections: invoices payments',
      '',
    ]);
  });

  test.each([
    ['a corner that is none', ['--radius', 'round'], 'whole number of pixels'],
    ['a font that ends its declaration', ['--font-family', 'Inter; color: red'], 'names of fonts'],
    ['a logo on plain http', ['--logo-url', 'http://acme.example/logo.png'], 'https'],
    ['a section that is none', ['--sections', 'reports'], 'invoices payments'],
  ])('refuses %s', async (_, options, reason) => {
    const { code, stderr } = await runPortal(['organisation', 'configure', '--organisation', 'x', ...options], {
      environment,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});

describe('key', () => {
  test('create shows the key once; list never does; revoke ends it', async () => {
    const organisation = await newOrganisation();
    const made = await answer('key', 'create', '--organisation', organisation, '--name', 'Backend');
    expect(made['key']).toMatch(/^zsk_[0-9A-Za-z]{49}$/);
    const listed = await answer('key', 'list', '--organisation', organisation);
    expect(listed).toMatchObject({
      results: [{ id: made['id'], name: 'Backend', scopes: ['sessions', 'read', 'write'], revoked_at: null }],
    });
    expect(JSON.stringify(listed)).not.toContain(made['key']);
    await answer('key', 'revoke', String(made['id']), '--organisation', organisation);
    const again = await runPortal(['key', 'revoke', String(made['id']), '--organisation', organisation], {
      environment,
    });
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: `There is no live key ${String(made['id'])}\n` });
  });

  test('has the scopes that it was made with, and no unknown ones', async () => {
    const organisation = await newOrganisation();
    const create = ['key', 'create', '--organisation', organisation, '--name', 'Website'];
    expect(await answer(...create, '--scope', 'read', '--scope', 'sessions', '--scope', 'read')).toMatchObject({
      scopes: ['sessions', 'read'],
    });
    const { stdout } = await runPortal(['key', 'list', '--organisation', organisation], { environment });
    expect(stdout).toMatch(/ {2}Website {2}sessions read {2}never used\n$/);
    const { code, stderr } = await runPortal([...create, '--scope', 'admin'], { environment });
    expect([code, stderr]).toEqual([2, expect.stringContaining('sessions, read, write')]);
  });

  test('of an unknown organisation', async () => {
    const { code, stdout } = await runPortal(['key', 'list', '--organisation', 'nobody', '--json'], { environment });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'organisation_not_found', message: 'There is no organisation nobody' },
    });
  });
});

describe('staff create', () => {
  test('makes a password and shows it once, or takes one from standard input', async () => {
    const organisation = await newOrganisation();
    const words = ['staff', 'create', '--organisation', organisation, '--name', 'Ada'];
    expect((await answer(...words, '--email', 'ada@acme.example'))['password']).toHaveLength(20);
    const given = await runPortal([...words, '--email', 'bo@acme.example', '--password-stdin', '--json'], {
      environment,
      stdin: 'a long enough password\n',
    });
    expect(given.code).toBe(0);
    expect(given.stdout).not.toContain('password');
    const taken = await runPortal([...words, '--email', 'ADA@acme.example'], { environment });
    expect(taken).toMatchObject({ code: 1, stderr: 'ADA@acme.example logs in already\n' });
    const short = await runPortal([...words, '--email', 'c@acme.example', '--password-stdin'], {
      environment,
      stdin: 'short\n',
    });
    expect(short).toMatchObject({ code: 1, stderr: 'The password must have at least 12 characters\n' });
  });
});

describe('staff', () => {
  test('list, password and disable: the old password is no longer good', async () => {
    const organisation = await newOrganisation();
    const of = ['--organisation', organisation];
    const made = await answer('staff', 'create', ...of, '--name', 'Eve', '--email', 'eve@acme.example');
    expect(await answer('staff', 'list', ...of)).toMatchObject({
      results: [{ id: made['id'], email: 'eve@acme.example', name: 'Eve' }],
    });
    const changed = await answer('staff', 'password', ...of, '--email', 'Eve@acme.example');
    expect(changed).toEqual({ id: made['id'], email: 'eve@acme.example', password: expect.any(String) });
    expect(changed['password']).not.toBe(made['password']);
    expect(await answer('staff', 'disable', ...of, '--email', 'eve@acme.example')).toEqual({
      id: made['id'],
      email: 'eve@acme.example',
    });
  });

  test.each(['password', 'disable'])("%s of another organisation's member: nobody", async (command) => {
    await answer(
      ...['staff', 'create', '--organisation', await newOrganisation()],
      ...['--name', 'F', '--email', `${command}@acme.example`],
    );
    const words = ['staff', command, '--organisation', await newOrganisation(), '--email', `${command}@acme.example`];
    expect(await runPortal([...words, '--json'], { environment })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('staff_not_found'),
    });
  });
});

const importMapping = {
  date_format: 'yyyy-MM-dd',
  customer: { external_id: { column: 'Who' }, customer_name: { column: 'Who' } },
  invoice: {
    invoice_number: { column: 'No' },
    currency: { constant: 'USD' },
    total: { column: 'Sum' },
    created_at: { column: 'On' },
  },
};

describe('import', () => {
  const files = async (csv: string, using: unknown) => {
    const csvFile = join(folder, 'a.csv');
    const mappingFile = join(folder, 'mapping.json');
    await writeFile(csvFile, csv);
    await writeFile(mappingFile, typeof using === 'string' ? using : JSON.stringify(using));
    return [csvFile, '--mapping', mappingFile];
  };

  test('counts, and writes what it rejects', async () => {
    const words = await files('Who,No,Sum,On\na,1,5,2026-01-01\na,2,x,2026-01-01\n', importMapping);
    const result = await answer('import', ...words, '--organisation', await newOrganisation());
    expect(result).toMatchObject({ rows: 2, rejected: 1, report: join(folder, 'a.csv.rejected.csv') });
    expect(await readFile(join(folder, 'a.csv.rejected.csv'), 'utf8')).toBe(
      'line,reason,Who,No,Sum,On\n3,"total: ""x"" is not a number",a,2,x,2026-01-01\n',
    );
  });

  test.each([
    ['no JSON', '{', 'mapping_invalid'],
    ['a missing field', { ...importMapping, date_format: undefined }, 'mapping_invalid'],
    ['an unknown field', { ...importMapping, colour: 'red' }, 'mapping_invalid'],
    ['a date format that is none', { ...importMapping, date_format: 'MMM' }, 'mapping_invalid'],
    [
      'a currency that is none',
      { ...importMapping, invoice: { ...importMapping.invoice, currency: { constant: 'DOLLAR' } } },
      'mapping_invalid',
    ],
  ])('a mapping with %s: one line', async (_, using, code) => {
    const words = await files('Who,No,Sum,On\n', using);
    const result = await runPortal(['import', ...words, '--organisation', 'x', '--json'], { environment });
    expect(result.code).toBe(1);
    expect(result.stderr.trimEnd()).not.toContain('\n');
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code } });
  });

  test('a report over its own source is refused', async () => {
    const [file = '', ...rest] = await files('Who,No,Sum,On\n', importMapping);
    const words = ['import', file, ...rest, '--report', file, '--organisation', await newOrganisation()];
    expect(await runPortal(words, { environment })).toMatchObject({ code: 1 });
    expect(await readFile(file, 'utf8')).toBe('Who,No,Sum,On\n');
  });

  test('of a folder, and of nothing', async () => {
    const [, ...rest] = await files('', importMapping);
    const organisation = await newOrganisation();
    for (const file of [folder, join(folder, 'none.csv')]) {
      const result = await runPortal(['import', file, ...rest, '--organisation', organisation], { environment });
      expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining(`Cannot read ${file}: `) });
    }
  });
});

test.runIf(process.env['TEST_DATABASE'] === 'postgres')(
  'commands of one organisation do not wait for another’s writers',
  async () => {
    const [other, organisation] = [await newOrganisation(), await newOrganisation()];
    const csvFile = join(folder, 'own-turn.csv');
    const mappingFile = join(folder, 'own-turn.json');
    await writeFile(csvFile, 'Who,No,Sum,On\na,1,5,2026-01-01\n');
    await writeFile(mappingFile, JSON.stringify(importMapping));
    const own = async (...words: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await runPortal([...words, '--organisation', organisation, '--json'], {
        environment: { ...environment, SIGNING_SECRETS: `one:${Buffer.alloc(32, 7).toString('base64url')}` },
      });
      expect([code, stderr]).toEqual([0, '']);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const db = openDatabase(database.url);
    try {
      await inOrganisation(other, () =>
        transact(db, async () => {
          expect(await own('import', csvFile, '--mapping', mappingFile)).toMatchObject({ rows: 1, rejected: 0 });
          const key = await own('key', 'create', '--name', 'Backend');
          await own('key', 'revoke', String(key['id']));
          await own('organisation', 'configure', '--accent', '#0f766e');
          const email = ['--email', 'turn@acme.example'];
          await own('staff', 'create', '--name', 'Ada', ...email);
          await own('staff', 'password', ...email);
          await own('staff', 'disable', ...email);
          const endpoint = String((await own('webhook', 'create', '--url', 'https://acme.example/hook'))['id']);
          await own('webhook', 'test', endpoint);
          await own('webhook', 'rotate-secret', endpoint);
          await own('webhook', 'replay', endpoint, '--since', '2026-01-01');
          await own('webhook', 'disable', endpoint);
          await own('webhook', 'enable', endpoint);
          await own('webhook', 'delete', endpoint);
        }),
      );
    } finally {
      await db.destroy();
    }
    const taken = ['staff', 'create', '--name', 'Ada', '--email', 'turn@acme.example', '--organisation', other];
    expect((await runPortal(taken, { environment })).stderr).toBe('turn@acme.example logs in already\n');
  },
);

describe('serve', () => {
  const secrets = `one:${Buffer.alloc(32, 7).toString('base64url')}`;

  test('answers requests until it is told to end', async () => {
    const port = await freePort();
    const server = await startPortal(['serve'], {
      ...environment,
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      SIGNING_SECRETS: secrets,
      LOG_LEVEL: 'silent',
    });
    expect(server.document).toEqual({ api_url: `http://localhost:${port}`, port });
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('names each setting that is missing', async () => {
    const result = await runPortal(['serve', '--json'], { environment });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('PUBLIC_URL');
    expect(result.stderr).toContain('SIGNING_SECRETS');
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'config_invalid' } });
  });
});

test.each([[['dance']], [[]]])('%j is no command: exit code 2', async (words) => {
  expect(await runPortal(words, { environment })).toMatchObject({ code: 2, stdout: '' });
});

test('a database address that is none: one line', async () => {
  const result = await runPortal(['migrate'], { environment: { DATABASE_URL: 'mysql://x' } });
  expect(result).toMatchObject({
    code: 1,
    stderr: 'DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>\n',
  });
});
