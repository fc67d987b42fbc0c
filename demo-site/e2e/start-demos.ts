import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, startTestPostgres } from '../../server/testing/postgres.ts';
import { databaseUrlFile, places, runFolder } from './places.ts';
import type { Place } from './places.ts';

const program = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const lastCharacters = 3_000;

/** With TEST_DATABASE=postgres: the PostgreSQL of TEST_DATABASE_URL, or one of this run's own. */
const postgres =
  process.env['TEST_DATABASE'] === 'postgres' ? await startTestPostgres(process.env['TEST_DATABASE_URL']) : undefined;

const createDatabase = async (dataFolder: string): Promise<string> =>
  postgres === undefined ? `sqlite:${dataFolder}portal.sqlite` : (await createTestDatabase(postgres.adminUrl)).url;

const startDemo = async ({ apiPort, demoPort, dataFolder }: Place) => {
  mkdirSync(dataFolder, { recursive: true });
  const databaseUrl = await createDatabase(dataFolder);
  writeFileSync(`${dataFolder}${databaseUrlFile}`, databaseUrl, { mode: 0o600 });
  const ports = ['--port', String(apiPort), '--demo-port', String(demoPort)];
  const data = ['--data', dataFolder, '--database', databaseUrl];
  const child = spawn(process.execPath, [program, 'demo', ...data, ...ports], {
    env: { ...process.env, LOG_LEVEL: 'trace' },
    stdio: ['ignore', openSync(`${dataFolder}server.out`, 'w'), openSync(`${dataFolder}server.log`, 'w')],
  });
  const ended = once(child, 'exit').then(() => 'ended' as const);
  const answers = async (): Promise<boolean> => {
    try {
      return (await fetch(`http://localhost:${demoPort}/account`)).ok;
    } catch {
      return false;
    }
  };
  return {
    isReady: async (): Promise<boolean> => {
      while (!(await answers())) {
        if ((await Promise.race([ended, delay(100)])) === 'ended') {
          process.stderr.write(readFileSync(`${dataFolder}server.log`, 'utf8').slice(-lastCharacters));
          return false;
        }
      }
      return true;
    },
    stop: async (): Promise<void> => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

rmSync(runFolder, { recursive: true, force: true });
const demos = await Promise.all(places.map(startDemo));

const stopAll = async (exitCode: number): Promise<never> => {
  await Promise.all(demos.map(({ stop }) => stop()));
  await postgres?.stop();
  process.exit(exitCode);
};
process.once('SIGTERM', () => stopAll(0)).once('SIGINT', () => stopAll(0));

const areReady = await Promise.all(demos.map(({ isReady }) => isReady()));
if (areReady.includes(false)) {
  await stopAll(1);
}
process.stdout.write('All demos answer\n');
