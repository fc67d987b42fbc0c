import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cacheFolder } from '../cache.ts';
import type { SelfTime } from '../profile/self-time.ts';
import type { Result } from '../result.ts';
import { describeMachine } from './machine.ts';
import type { Machine } from './machine.ts';

export interface Report {
  machine: Machine;
  results: Result[];
  /** By row: where our server's time went. */
  profiles: Record<string, Pick<SelfTime, 'packages' | 'functions'>>;
}

export const reportFile = `${cacheFolder}results.json`;

export const newReport = (): Report => ({ machine: describeMachine(), results: [], profiles: {} });

/** What was measured before, on this machine. */
export const readReport = (): Report => ({
  ...newReport(),
  ...(existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as Partial<Report>) : {}),
  machine: describeMachine(),
});

/** A row that is measured anew takes the place of its earlier results; `order` names all rows. */
export const withResults = (
  report: Report,
  name: string,
  found: readonly Result[],
  order: readonly string[],
): Report => {
  const all = [...report.results.filter(({ row }) => row !== name), ...found];
  return { ...report, results: order.flatMap((row) => all.filter((result) => result.row === row)) };
};

export const writeReport = (report: Report): void => {
  writeFileSync(`${reportFile}.part`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${reportFile}.part`, reportFile);
};
