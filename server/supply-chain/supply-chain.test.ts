import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askForAdvisories } from './advisories.ts';
import { lockProblems } from './package-lock.ts';

const integrity = 'sha512-abc';
const sound = { version: '1.0.0', license: 'MIT', integrity };
const lockOf = (name: string, entry: Record<string, unknown>): string =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, [`node_modules/${name}`]: entry } });

describe('a locked package', () => {
  test.each([
    ['a sound one', 'left', sound, []],
    ['one without a hash', 'left', { ...sound, integrity: undefined }, ['left 1.0.0 has no SHA-512 hash']],
    ['one with a weak hash', 'left', { ...sound, integrity: 'sha1-abc' }, ['left 1.0.0 has no SHA-512 hash']],
    [
      'one from a repository',
      'left',
      { ...sound, resolved: 'git+ssh://git@example.com/left.git' },
      ['left 1.0.0 does not come from the registry'],
    ],
    [
      'one from somebody else’s address',
      'left',
      { ...sound, resolved: 'https://evil.example/left-1.0.0.tgz' },
      ['left 1.0.0 does not come from the registry'],
    ],
    ['a link', 'left', { ...sound, link: true }, ['left 1.0.0 does not come from the registry']],
    ['a deprecated one', 'left', { ...sound, deprecated: 'use right' }, ['left 1.0.0 is deprecated: use right']],
    [
      'one with an unread install script',
      '@a/left',
      { ...sound, hasInstallScript: true },
      ['@a/left 1.0.0 runs a script when it is installed'],
    ],
    ['one with a read install script', 'right/node_modules/esbuild', { ...sound, hasInstallScript: true }, []],
    ['a copyleft one', 'left', { ...sound, license: 'AGPL-3.0' }, ['left 1.0.0 has the licence AGPL-3.0']],
    ['a copyleft tool', 'left', { ...sound, license: 'AGPL-3.0', dev: true }, []],
    ['one without a licence', 'left', { ...sound, license: undefined }, ['left 1.0.0 has the licence unknown']],
  ])('%s', (_, name, entry, problems) => {
    expect(lockProblems(lockOf(name, entry))).toEqual({ packages: 1, problems });
  });
});

describe('advisories', () => {
  const ask = async (answer: RequestListener) => {
    const registry = createServer(answer).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const folder = await mkdtemp(join(tmpdir(), 'advisories-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: { left: '1.0.0' } }));
    await writeFile(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        lockfileVersion: 3,
        packages: { '': { dependencies: { left: '1.0.0' } }, 'node_modules/left': sound },
      }),
    );
    try {
      return await askForAdvisories(folder, `http://127.0.0.1:${(registry.address() as AddressInfo).port}`);
    } finally {
      registry.closeAllConnections();
      registry.close();
      await rm(folder, { recursive: true });
    }
  };

  test('name what is vulnerable', async () => {
    const advisory = {
      id: 1,
      url: 'https://example.com/1',
      title: 'Bad',
      severity: 'high',
      vulnerable_versions: '<2.0.0',
      cwe: [],
      cvss: { score: 8, vectorString: null },
    };
    const found = await ask((req, res) =>
      req.method === 'POST' ? res.end(JSON.stringify({ left: [advisory] })) : res.writeHead(404).end(),
    );
    expect(found).toEqual({ problems: ['left has a known vulnerability (high); see npm audit'] });
  });

  test('are none when the registry knows of none', async () => {
    expect(await ask((_req, res) => res.end('{}'))).toEqual({ problems: [] });
  });

  test('are said to be unavailable when the registry refuses', async () => {
    const found = await ask((_req, res) => res.writeHead(405).end());
    expect(found).toEqual({ unavailable: 'the registry answered no advisories' });
  });
});
