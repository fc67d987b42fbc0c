import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cacheFolder } from '../cache.ts';
import type { Result } from '../result.ts';
import type { Row } from '../stage.ts';
import type { Machine } from './machine.ts';

export interface Report {
  machine: Machine;
  results: Result[];
}

export const reportFile = `${cacheFolder}results.json`;

/** What was measured before; a row that is measured anew takes the place of its earlier results. */
export const readReport = (): Pick<Report, 'results'> =>
  existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as Report) : { results: [] };

export const withResults = (
  { machine, results }: Report,
  name: string,
  found: readonly Result[],
  rows: readonly Row[],
): Report => {
  const all = [...results.filter((result) => result.row !== name), ...found];
  return { machine, results: rows.flatMap((row) => all.filter((result) => result.row === row.name)) };
};

export const writeReport = (report: Report): void => {
  writeFileSync(`${reportFile}.part`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${reportFile}.part`, reportFile);
};
