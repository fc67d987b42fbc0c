import { existsSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Server } from '../processes.ts';
import { profileOf } from './profile-file.ts';
import { readSelfTime } from './self-time.ts';
import type { SelfTime } from './self-time.ts';

export const profilerFlags: readonly string[] = ['--import', fileURLToPath(new URL('hook.ts', import.meta.url))];

const patienceMs = 30_000;

const written = async (file: string): Promise<void> => {
  for (const deadline = performance.now() + patienceMs; !existsSync(file); await delay(50)) {
    if (performance.now() > deadline) {
      throw new Error('The server has not written its profile');
    }
  }
};

/** Takes a profile of a server at some work; answers where its time went. The file stays, for Chrome's tools. */
export const takeProfile = async (server: Server, work: () => Promise<unknown>): Promise<SelfTime> => {
  const file = profileOf(server.pid);
  rmSync(file, { force: true });
  server.signal('SIGUSR2');
  await work();
  server.signal('SIGUSR2');
  await written(file);
  return readSelfTime(file);
};
