import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Server {
  origin: string;
  stop(): Promise<void>;
  /** Lets it end in peace; answers the last line that it prints. */
  end(): Promise<string>;
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGKILL');
  });

const end = (child: ChildProcess, lines: Interface): Promise<string> =>
  new Promise((resolve) => {
    let last = '';
    lines.on('line', (line) => {
      last = line;
    });
    lines.once('close', () => {
      resolve(last);
    });
    child.kill('SIGTERM');
  });

/** Starts a script of this folder that prints its port as its first line. */
export const startScript = (
  script: string,
  args: string[],
  environment: Record<string, string> = {},
  nodeOptions: string[] = [],
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, fileURLToPath(new URL(script, import.meta.url)), ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${code}`));
    });
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (port) => {
      resolve({ origin: `http://127.0.0.1:${port}`, stop: () => stop(child), end: () => end(child, lines) });
    });
  });
