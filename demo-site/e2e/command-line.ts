import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataFolder } from './demo.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Runs a command on the demo's database, as whoever operates the portal does; answers its document. */
export const portal = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await run(process.execPath, ['server/cli.ts', ...words, '--json'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: `sqlite:${dataFolder}/portal.sqlite` },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
};
