import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../clock.ts';
import { runCommandLine } from '../command-line/run.ts';

/** The program's file, to be run by Node. */
export const program = fileURLToPath(new URL('../cli.ts', import.meta.url));

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Collects what is written to it. */
class Page extends Writable {
  text = '';

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs one command line to its end. */
export const runPortal = async (
  words: readonly string[],
  { environment = {}, stdin = '' }: { environment?: Record<string, string>; stdin?: string } = {},
): Promise<Finished> => {
  const stdout = new Page();
  const stderr = new Page();
  const code = await runCommandLine(words, {
    environment,
    clock: systemClock,
    stdin: Readable.from([stdin]),
    stdout,
    stderr,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
};

export interface Running {
  /** The document that it printed when it was ready. */
  document: Record<string, unknown>;
  /** What it has written to its standard error so far. */
  log(): string;
  /** Ends it as a terminal does, and answers its exit code. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

/** Starts a command that goes on running, as a process of its own; answers when it has printed its document. */
export const startPortal = async (
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<Running> => {
  const child = spawn(process.execPath, [program, ...words, '--json'], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout.endsWith('\n')) {
          resolve(stdout);
        }
      });
    }),
    ended.then(() => {
      throw new Error(`It ended instead of running: ${stderr}`);
    }),
  ]);
  return {
    document: JSON.parse(line) as Record<string, unknown>,
    log: () => stderr,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
};

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
