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

/** Trials that measure times, and so have the machine to themselves. */
const timed = ['locked', 'slow-clients', 'soak'].map((name) => `server/torture/${name}.torture.ts`);

const trials = ['vitest', 'run', '--config', 'server/torture/vitest.config.ts'];
const endToEnd = ['playwright', 'test', '--config', 'demo-site/e2e/playwright.config.ts'];

/** Runs a tool to its end; what it prints is passed on at once, or whole when it has ended. */
const run = async (
  [program = '', ...words]: readonly string[],
  { isHeldBack = false }: { isHeldBack?: boolean } = {},
): Promise<boolean> => {
  const child = spawn(join(root, 'node_modules', '.bin', program), words, {
    cwd: root,
    stdio: ['ignore', isHeldBack ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, FIGURES_FILE: figuresFile },
  });
  const heldBack: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => heldBack.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  process.stdout.write(Buffer.concat(heldBack));
  return code === 0;
};

/** The end-to-end run, after which everything on disk is searched for secrets, mostly waits: the trials go beside it. */
const runEverything = async (): Promise<boolean> => {
  const beside = await Promise.all([
    run([...trials, ...timed.flatMap((file) => ['--exclude', file])]),
    run(endToEnd, { isHeldBack: true }),
  ]);
  return [...beside, await run([...trials, ...timed])].every(Boolean);
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
const isGood = wanted.length > 0 ? await run([...trials, ...wanted]) : await runEverything();

const figures = await readFigures();
const width = Math.max(0, ...figures.map(({ name }) => name.length));
process.stdout.write(
  [
    '',
    ...figures.map(({ name, value }) => `${name.padEnd(width)}  ${value}`),
    '',
    `${isGood ? 'Everything held' : 'Something did not hold'}, in ${Math.round((Date.now() - startedAt) / 1000)} s.`,
    '',
  ].join('\n'),
);
process.exitCode = isGood ? 0 : 1;
