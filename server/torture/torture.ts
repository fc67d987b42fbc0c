import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../testing/figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'torture');
const figuresFile = join(folder, 'figures.ndjson');

/** Parts of the names of the server's trials that are wanted; without any, everything is. */
const wanted = process.argv.slice(2);

/** The trials of the server, and the end-to-end run, after which everything on disk is searched for secrets. */
const stages = [
  { name: 'server', command: ['vitest', 'run', '--config', 'server/torture/vitest.config.ts', ...wanted] },
  ...(wanted.length > 0
    ? []
    : [{ name: 'browser', command: ['playwright', 'test', '--config', 'demo-site/e2e/playwright.config.ts'] }]),
];

const run = async ([program = '', ...words]: readonly string[]): Promise<boolean> => {
  const child = spawn(join(root, 'node_modules', '.bin', program), words, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FIGURES_FILE: figuresFile },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
};

const readFigures = async (): Promise<Figure[]> =>
  (await readFile(figuresFile, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Figure);

await mkdir(folder, { recursive: true });
await rm(figuresFile, { force: true });
await writeFile(figuresFile, '');

const startedAt = Date.now();
const failed: string[] = [];
for (const { name, command } of stages) {
  if (!(await run(command))) {
    failed.push(name);
  }
}

const figures = await readFigures();
const width = Math.max(0, ...figures.map(({ name }) => name.length));
process.stdout.write(
  [
    '',
    ...figures.map(({ name, value }) => `${name.padEnd(width)}  ${value}`),
    '',
    `${failed.length === 0 ? 'Everything held' : `Failed: ${failed.join(', ')}`}, in ${Math.round((Date.now() - startedAt) / 1000)} s.`,
    '',
  ].join('\n'),
);
process.exitCode = failed.length === 0 ? 0 : 1;
