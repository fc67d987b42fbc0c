import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { productionFilesOf } from './production-files.ts';
import type { ProductionFiles } from './production-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): Promise<string> => readFile(`${root}/${name}`, 'utf8');

let files: ProductionFiles;
beforeAll(async () => {
  files = await productionFilesOf(root, 'server/zenskar-portal.mjs');
});

describe('what runs in production', () => {
  it('imports only what npm ci --omit=dev installs', async () => {
    const { dependencies } = JSON.parse(await read('package.json')) as { dependencies: Record<string, string> };
    expect(files.packages.filter((name) => !(name in dependencies))).toEqual([]);
    // The walk has seen what is imported late as well as what is imported at once.
    expect(files.packages).toEqual(
      expect.arrayContaining(['express', 'pg', 'pdfkit', 'prom-client', '@opentelemetry/api']),
    );
  });

  it('is what the image holds', async () => {
    const ignored = (await read('.dockerignore')).split('\n');
    const outside = files.modules.filter(
      (module) =>
        !(module.startsWith('server/') || module === 'package.json') ||
        ignored.some((line) => line !== '' && module.startsWith(`${line}/`)) ||
        module.endsWith('.test.ts'),
    );
    expect(outside).toEqual([]);
  });
});
