import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import BetterSqlite from 'better-sqlite3';
import { createApiKey } from '../api-keys/api-keys.service.ts';
import { systemClock } from '../clock.ts';
import { withDatabase } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { freePort, program } from './command-line.ts';
import { merchantOrigin } from './test-server.ts';
import type { TestOrganisation } from './test-server.ts';

/** A portal that serves, as a process of its own. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Settles when it serves. @throws when it ends instead */
  ready: Promise<void>;
  /** What it has written to standard error so far. */
  log(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit code, and the signal that ended it. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** A database file with one organisation, and what servers on it need. */
export interface Site {
  /** Also for what else the database's disk has to hold. */
  folder: string;
  file: string;
  organisation: TestOrganisation;
  /** On the site's own port, unless the environment names another. */
  launch(environment?: Record<string, string>, settings?: StartSettings): ServerProcess;
  /** Launches, and answers when it is ready. */
  start(environment?: Record<string, string>, settings?: StartSettings): Promise<ServerProcess>;
  /** A connection of the test's own, to look into the database beside the servers. */
  open(): BetterSqlite.Database;
  /** Ends what still runs, and takes the folder away. */
  remove(): Promise<void>;
}

export interface StartSettings {
  /** Of Node itself. */
  flags?: readonly string[];
  /** A file descriptor that takes the log in the place of `log()`. */
  logTo?: number;
}

const isReady = async (child: ReturnType<typeof spawn>, log: () => string): Promise<void> => {
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string | undefined];
  if (line === undefined) {
    throw new Error(`The server ended instead of serving: ${log()}`);
  }
};

/** Starts `serve` with these settings and no others. */
export const launch = (
  environment: Record<string, string>,
  { flags = [], logTo }: StartSettings = {},
): ServerProcess => {
  const child = spawn(process.execPath, [...flags, program, 'serve', '--json'], {
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', logTo ?? 'pipe'],
  });
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const ready = isReady(child, () => text);
  ready.catch(() => undefined);
  return {
    url: `http://127.0.0.1:${environment['PORT']}`,
    pid: child.pid ?? 0,
    ready,
    log: () => text,
    signal: (name) => {
      child.kill(name);
    },
    ended,
  };
};

/** The merchant of a site. */
export const makeOrganisation = (databaseUrl: string): Promise<TestOrganisation> =>
  withDatabase(databaseUrl, (db) =>
    transact(db, async (trx) => {
      const settings = { name: 'Northwind Cloud', timeZone: 'UTC', allowedOrigins: [merchantOrigin] };
      const id = await createOrganisation(trx, systemClock, settings);
      const { key } = await createApiKey(trx, systemClock, { organisationId: id }, { name: 'Backend' });
      return { id, apiKey: key };
    }),
  );

/** @param on The folder to make it in; without one, a folder of its own that `remove` takes away. */
export const makeSite = async (on?: string): Promise<Site> => {
  const folder = on ?? (await mkdtemp(join(tmpdir(), 'portal-site-')));
  const file = join(folder, 'portal.sqlite');
  const port = await freePort();
  const started: ServerProcess[] = [];
  const common = {
    DATABASE_URL: `sqlite:${file}`,
    PUBLIC_URL: 'https://billing.example',
    SIGNING_SECRETS: `test:${randomBytes(32).toString('base64url')}`,
    WEBHOOKS_DELIVERY: 'off',
    LOG_LEVEL: 'error',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_SESSION: '0',
    NODE_COMPILE_CACHE: join(tmpdir(), 'portal-compile-cache'),
  };
  const launchHere: Site['launch'] = (environment = {}, settings = {}) => {
    const server = launch({ ...common, PORT: String(port), ...environment }, settings);
    started.push(server);
    return server;
  };
  return {
    folder,
    file,
    organisation: await makeOrganisation(common.DATABASE_URL),
    launch: launchHere,
    start: async (environment, settings) => {
      const server = launchHere(environment, settings);
      await server.ready;
      return server;
    },
    open: () => new BetterSqlite(file),
    remove: async () => {
      for (const server of started) {
        server.signal('SIGKILL');
        await server.ended;
      }
      if (on === undefined) {
        await rm(folder, { recursive: true });
      }
    },
  };
};
