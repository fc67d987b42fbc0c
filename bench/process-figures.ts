import { readdirSync, readFileSync } from 'node:fs';

const readProc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** What follows the name in /proc/PID/stat: the name may hold anything. */
const statOf = (pid: number): string[] =>
  readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');

const parentOf = (pid: number): number => Number(statOf(pid)[1]);

/** A process and all that it has started. */
export const processTree = (root: number): number[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]));
  const found = [root];
  for (const pid of found) {
    found.push(...all.filter((other) => parents.get(other) === pid));
  }
  return found;
};

/** Linux counts processor time in hundredths of a second wherever Node runs. */
const tickMs = 10;
const userTime = 11;
const systemTime = 12;

/** Processor time of these processes up to now, in the kernel and outside. */
export const processorMs = (pids: readonly number[]): number =>
  pids
    .map(statOf)
    .reduce((sum, stat) => sum + tickMs * (Number(stat[userTime] ?? 0) + Number(stat[systemTime] ?? 0)), 0);

const kilobytesOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name}: *\\t* *(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);

/** Resident memory now. Of several processes the share of each in what they share (PSS), or it would count twice. */
export const residentMb = (pids: readonly number[]): number => {
  const [only, ...others] = pids;
  const kilobytes =
    only !== undefined && others.length === 0
      ? kilobytesOf(readProc(only, 'status'), 'VmRSS')
      : pids.reduce((sum, pid) => sum + kilobytesOf(readProc(pid, 'smaps_rollup'), 'Pss'), 0);
  return (kilobytes * 1024) / 1e6;
};

/** The most resident memory that a process ever had. */
export const peakResidentMb = (pid: number): number => (kilobytesOf(readProc(pid, 'status'), 'VmHWM') * 1024) / 1e6;
