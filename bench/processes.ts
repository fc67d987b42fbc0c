import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { cacheFolder } from './cache.ts';
import { processTree } from './process-figures.ts';

/** A server as a process of its own. */
export interface Server {
  origin: string;
  pid: number;
  signal(name: NodeJS.Signals): void;
  /** Lets it end in peace, and after ten seconds otherwise. */
  stop(): Promise<void>;
}

export interface Launch {
  name: string;
  /** Node's own flags, the script, and what the script is told. */
  args: readonly string[];
  environment?: Record<string, string>;
  folder?: string;
  /** Without one, the first line that it prints is its port. */
  port?: number;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const patienceMs = 10_000;

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    for (const pid of processTree(child.pid ?? NaN)) {
      kill(pid);
    }
  }, patienceMs);
  await ended;
  clearTimeout(timer);
};

/** Starts a server and answers when it has printed its first line. What it logs goes to `.cache/bench/logs`. */
export const launch = async ({ name, args, environment = {}, folder, port }: Launch): Promise<Server> => {
  const logs = `${cacheFolder}logs/`;
  mkdirSync(logs, { recursive: true });
  const log = `${logs}${name}.log`;
  const stderr = openSync(log, 'w');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', stderr],
    cwd: folder,
  });
  closeSync(stderr);
  if (child.stdout === null) {
    throw new Error(`${name} has no standard output`);
  }
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [string | number | null];
  if (typeof line !== 'string') {
    throw new Error(`${name} ended instead of serving: ${readFileSync(log, 'utf8').slice(-500)}`);
  }
  return {
    origin: `http://127.0.0.1:${port ?? line}`,
    pid: child.pid ?? 0,
    signal: (signal) => child.kill(signal),
    stop: () => stop(child),
  };
};
