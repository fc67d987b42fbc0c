import { spawn } from 'node:child_process';

/** Builds the browser bundles anew at every change, and restarts the demo with what it runs. */
const run = (args: string[]) => spawn(process.execPath, args, { stdio: 'inherit' });

const children = [
  run(['node_modules/rollup/dist/bin/rollup', '-c', '--watch', '--silent']),
  run(['--watch', '--watch-preserve-output', 'server/cli.ts', 'demo']),
];

const stop = (): void => {
  for (const child of children) {
    child.kill('SIGTERM');
  }
};

for (const child of children) {
  child.once('exit', stop);
}
process.once('SIGINT', stop).once('SIGTERM', stop);
