import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { databaseUrl } from './demo.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Runs a command on this database, as whoever operates the portal does; answers its document. */
export const portalOn = async (databaseUrl: string, ...words: string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await run(process.execPath, ['server/cli.ts', ...words, '--json'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** The same on the demo's database. */
export const portal = (...words: string[]): Promise<Record<string, unknown>> => portalOn(databaseUrl(), ...words);
