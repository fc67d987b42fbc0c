import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Server {
  origin: string;
  stop(): Promise<void>;
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGKILL');
  });

/** Starts a script of this folder that prints its port as its first line. */
export const startScript = (
  script: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${code}`));
    });
    createInterface({ input: child.stdout }).once('line', (port) => {
      resolve({ origin: `http://127.0.0.1:${port}`, stop: () => stop(child) });
    });
  });
