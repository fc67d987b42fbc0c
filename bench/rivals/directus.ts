import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import BetterSqlite from 'better-sqlite3';
import { cacheFolder } from '../cache.ts';
import { removeDatabase } from '../datasets/sqlite-dataset.ts';
import type { SqliteDataset } from '../datasets/sqlite-dataset.ts';
import { read } from '../http-client.ts';
import { stamp } from '../datasets/stamp.ts';
import type { Target } from '../http-contest.ts';
import { freePort, launch } from '../processes.ts';
import type { Stage } from '../stage.ts';
import { installRival } from './install.ts';

const run = promisify(execFile);

const adminToken = 'a-token-for-the-benchmark';
const patienceMs = 60_000;

/** Nothing on that the list does not need; no request is logged. */
const environmentOf = (file: string, folder: string): Record<string, string> => ({
  NODE_ENV: 'production',
  DB_CLIENT: 'sqlite3',
  DB_FILENAME: file,
  SECRET: 'a-secret-for-the-benchmark-0123456789',
  ADMIN_EMAIL: 'admin@example.com',
  ADMIN_PASSWORD: 'a-password-for-the-benchmark',
  ADMIN_TOKEN: adminToken,
  PROJECT_OWNER: 'admin@example.com',
  TELEMETRY: 'false',
  LOG_LEVEL: 'warn',
  WEBSOCKETS_ENABLED: 'false',
  STORAGE_LOCAL_ROOT: `${folder}uploads`,
  EXTENSIONS_PATH: `${folder}extensions`,
});

const columns =
  'id, customer_id, invoice_number, status, currency, invoice_total, amount_due, due_date, period_begin, period_end_exclusive, created_at';

/**
 * Its own tables beside one of the invoices: Directus knows no keys of several columns, so that it cannot read the
 * portal's table. The rows are the same, with an index for this very list.
 */
const prepareFile = async (program: string, folder: string, dataset: SqliteDataset): Promise<string> => {
  const file = `${cacheFolder}directus-${dataset.invoices}-${stamp}.sqlite`;
  if (existsSync(file)) {
    return file;
  }
  const part = `${file}.part`;
  removeDatabase(part);
  await run(process.execPath, [program, 'bootstrap'], {
    cwd: folder,
    env: { ...process.env, ...environmentOf(part, folder) },
  });
  const sqlite = new BetterSqlite(part);
  sqlite.exec(`attach '${dataset.file}' as portal;
    create table invoice (id text not null primary key, customer_id text not null, invoice_number text not null,
      status text not null, currency text not null, invoice_total integer not null, amount_due integer not null,
      due_date text, period_begin text, period_end_exclusive text, created_at text not null);
    insert into invoice (${columns}) select ${columns} from portal.invoice;
    create index invoice_of_customer on invoice (customer_id, created_at desc, id desc);
    analyze invoice`);
  sqlite.close();
  renameSync(part, file);
  return file;
};

const awaitPing = async (origin: string): Promise<void> => {
  for (const deadline = performance.now() + patienceMs; ; await delay(200)) {
    const isThere = await read(`${origin}/server/ping`).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    if (performance.now() > deadline) throw new Error('Directus does not answer');
  }
};

/** Directus with an administrator's token, whose permissions it need not look up: the fastest way through it. */
export const startDirectus = async (stage: Stage, dataset: SqliteDataset): Promise<Target> => {
  const folder = await installRival('directus', ['sqlite3'], stage.progress);
  const program = `${folder}node_modules/directus/cli.js`;
  mkdirSync(`${folder}uploads`, { recursive: true });
  mkdirSync(`${folder}extensions`, { recursive: true });
  stage.progress('Directus makes its tables, once, and starts');
  const file = await prepareFile(program, folder, dataset);
  const port = await freePort();
  const server = await launch({
    name: 'directus',
    args: [program, 'start'],
    environment: { ...environmentOf(file, folder), HOST: '127.0.0.1', PORT: String(port) },
    folder,
    port,
  });
  stage.defer(server.stop);
  await awaitPing(server.origin);
  const fields = columns.replaceAll(' ', '');
  return {
    server,
    requests: dataset.customerIds.map((customerId) => ({
      method: 'GET',
      path: `/items/invoice?fields=${fields}&filter[customer_id][_eq]=${customerId}&sort=-created_at,-id&limit=25&meta=filter_count`,
      headers: { authorization: `Bearer ${adminToken}` },
    })),
  };
};
