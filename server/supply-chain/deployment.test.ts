import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): Promise<string> => readFile(join(root, name), 'utf8');

const secret = 'k1:'.padEnd(50, 'A');
const nginx = '/usr/sbin/nginx';

interface Compose {
  services: Record<string, { environment?: Record<string, string>; image?: string; depends_on?: object }>;
}

/** As compose fills in what stands in the environment, once it has read the file. */
const filledIn = (settings: Record<string, string>, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, text]) => [
      key,
      text.replace(/\$\{(\w+)(?::[-?][^}]*)?\}/g, (_all, name: string) => values[name] ?? ''),
    ]),
  );

describe('the Dockerfile', () => {
  it('copies what is there, or what its own build makes', async () => {
    const copies = [...(await read('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    expect(copies).toContain('server');
    expect(copies.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    const bundles = [...(await read('Dockerfile')).matchAll(/^COPY --from=build \/build\/dist\/(\w+)/gm)].map(
      ([, name]) => name,
    );
    const built = [...(await read('rollup.config.mjs')).matchAll(/'dist\/(\w+)'/g)].map(([, name]) => name);
    expect([...bundles, 'gallery'].sort()).toEqual([...new Set([...built, 'pinned'])].sort());
  });

  it('starts the server as npm start does, as a user without rights', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: { start: string } };
    const [, entry = '[]'] = /^ENTRYPOINT (.+)$/m.exec(await read('Dockerfile')) ?? [];
    expect(`exec ${(JSON.parse(entry) as string[]).join(' ')} serve`).toBe(scripts.start);
    expect(await read('Dockerfile')).toMatch(/^USER node$/m);
  });
});

describe('compose.yaml', () => {
  it('gives both servers settings that they accept', async () => {
    const values = {
      PUBLIC_URL: 'https://billing.example',
      SIGNING_SECRETS: secret,
      POSTGRES_PASSWORD: 'one',
      PORTAL_DATABASE_PASSWORD: 'two',
    };
    const { services } = parseYaml(await read('deploy/compose.yaml')) as Compose;
    expect(Object.keys(services)).toEqual(['postgres', 'portal-1', 'portal-2', 'nginx']);
    expect(services['portal-2']).toEqual(services['portal-1']);
    expect(readConfig(filledIn(services['portal-1']?.environment ?? {}, values))).toMatchObject({
      databaseUrl: 'postgres://portal:two@postgres:5432/portal',
      trustProxy: 1,
      metrics: { host: '0.0.0.0', port: 9464 },
      tracing: null,
    });
  });

  it('has no default for a secret, and the example names every variable', async () => {
    const text = await read('deploy/compose.yaml');
    const example = await read('deploy/.env.example');
    for (const [, name = '', rest = ''] of text.matchAll(/\$\{(\w+)([^}]*)\}/g)) {
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
      expect(rest).toMatch(name.startsWith('OTEL_') ? /^:-$/ : /^:\?/);
    }
  });
});

describe('the manifests for Kubernetes', () => {
  it('give the server settings that it accepts', async () => {
    const lines = (await read('deploy/kubernetes/base/settings.env')).trim().split('\n');
    const settings = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
    const config = readConfig({ ...settings, DATABASE_URL: 'postgres://u:p@h/d', SIGNING_SECRETS: secret });
    const deployment = parseYaml(await read('deploy/kubernetes/base/deployment.yaml')) as {
      spec: { template: { spec: { terminationGracePeriodSeconds: number } } };
    };
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds * 1000).toBeGreaterThan(
      config.drainMs + config.shutdownMs,
    );
  });
});

// CI installs nginx; elsewhere the test of two servers behind it says that it is left out.
describe.runIf(existsSync(nginx))('nginx.conf', () => {
  it('is one that nginx takes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portal-nginx-'));
    const text = await read('deploy/nginx.conf');
    const file = join(folder, 'nginx.conf');
    await writeFile(file, text.replace(/portal-\d:4000/g, '127.0.0.1:4000').replaceAll('/tmp/', `${folder}/`));
    const { stderr } = await promisify(execFile)(nginx, ['-t', '-c', file, '-p', folder]);
    expect(stderr).toContain('test is successful');
    expect(stderr).not.toContain('[warn]');
    await rm(folder, { recursive: true });
  });
});
