import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { profileOf } from './profile-file.ts';

/** Loaded before our server: the first SIGUSR2 begins a profile, the second writes it down. */
const session = new Session();
let isRunning = false;

const begin = (): void => {
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 200 });
  session.post('Profiler.start');
};

const end = (): void => {
  session.post('Profiler.stop', (error, result) => {
    const file = profileOf(process.pid);
    writeFileSync(`${file}.part`, error === null ? JSON.stringify(result.profile) : '');
    renameSync(`${file}.part`, file);
    session.disconnect();
  });
};

process.on('SIGUSR2', () => {
  isRunning = !isRunning;
  if (isRunning) begin();
  else end();
});
