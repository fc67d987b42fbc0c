import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-line/command-line.ts';

const program = fileURLToPath(new URL('../../demo-site/server.ts', import.meta.url));

export interface DemoSiteProcess {
  close(): Promise<void>;
}

/**
 * Starts the merchant's website as a process of its own: like any merchant's, it shares nothing with the portal but HTTP.
 * @throws CommandError when it ends instead of listening; it has said why on standard error
 */
export const startDemoSite = async (demoFile: string): Promise<DemoSiteProcess> => {
  const child = spawn(process.execPath, [program, demoFile], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const isListening = await Promise.race([once(child, 'message').then(() => true), ended.then(() => false)]);
  if (!isListening) {
    throw new CommandError('demo_site_failed', 'The demo-site could not start');
  }
  return {
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
