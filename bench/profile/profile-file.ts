import { mkdirSync } from 'node:fs';
import { cacheFolder } from '../cache.ts';

/** Where the profile of a process is written. */
export const profileOf = (pid: number): string => {
  const folder = `${cacheFolder}profiles/`;
  mkdirSync(folder, { recursive: true });
  return `${folder}${pid}.cpuprofile`;
};
