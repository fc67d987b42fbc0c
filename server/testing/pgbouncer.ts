import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './command-line.ts';

/** A pooler before a PostgreSQL database. */
export interface PgBouncer {
  /** The database's, through the pooler. */
  url: string;
  stop(): Promise<void>;
}

const settingsOf = (database: URL, port: number, connections: number, folder: string): string =>
  [
    '[databases]',
    `* = host=${database.hostname} port=${database.port} user=${database.username} password=${database.password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    `unix_socket_dir = ${folder}`,
    'auth_type = any',
    'pool_mode = transaction',
    `default_pool_size = ${connections}`,
    'max_client_conn = 100',
    '',
  ].join('\n');

const isListening = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const opened = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return opened;
};

/** Starts one in transaction mode that has so many connections to the database. */
export const startPgBouncer = async (databaseUrl: string, connections: number): Promise<PgBouncer> => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-pgbouncer-'));
  await chmod(folder, 0o777);
  const port = await freePort();
  const url = new URL(databaseUrl);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, settingsOf(url, port, connections, folder));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...user, '-q', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) {
      throw new Error(`pgbouncer ended: ${said}`);
    }
    await delay(20);
  }
  url.port = String(port);
  return {
    url: url.href,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
};
