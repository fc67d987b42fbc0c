import { inspect, styleText } from 'node:util';
import { startPostgres } from './datasets/postgres-cluster.ts';
import type { PostgresCluster } from './datasets/postgres-cluster.ts';
import { startLoad } from './load/load.ts';
import { profilerFlags, takeProfile } from './profile/profiler.ts';
import { describeSelfTime } from './profile/self-time.ts';
import { writeDocumentation } from './report/documentation.ts';
import { newReport, readReport, withResults, writeReport } from './report/report.ts';
import type { Report } from './report/report.ts';
import { printTable } from './report/table.ts';
import type { Result } from './result.ts';
import type { Row, Stage } from './stage.ts';

export interface Wishes {
  quick?: boolean;
  large?: boolean;
  strict?: boolean;
  profile?: boolean;
  writeDocs?: boolean;
  list?: boolean;
}

type Pace = Pick<Stage, 'rounds' | 'roundMs' | 'warmUpMs' | 'isQuick'>;
type Common = Omit<Stage, 'defer' | 'progress' | 'portalFlags' | keyof Pace>;

const usual: Pace = { rounds: 5, roundMs: 4_000, warmUpMs: 2_000, isQuick: false };
const quick: Pace = { rounds: 2, roundMs: 300, warmUpMs: 100, isQuick: true };
/** Around a profile: what is measured beside it is thrown away. */
const brief: Pace = { rounds: 1, roundMs: 4_000, warmUpMs: 2_000, isQuick: false };

const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
};

/** Ends what was begun, last first; what cannot be ended is said, and the rest ended all the same. */
const endAll = async (ends: (() => unknown)[]): Promise<void> => {
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      say(`while tidying up: ${String(error)}`);
    }
  }
};

const select = (rows: readonly Row[], names: readonly string[]): readonly Row[] => {
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) {
    throw new Error(`There is no row ${unknown.join(', ')}; --help lists them`);
  }
  return names.length === 0 ? rows : rows.filter(({ name }) => names.includes(name));
};

/** Runs one row with what it needs; answers its results. */
const runRow = async (row: Row, stage: Omit<Stage, 'defer' | 'progress'>): Promise<Result[]> => {
  const ends: (() => unknown)[] = [];
  const progress = (text: string): void => {
    say(`${row.name}: ${text}`);
  };
  try {
    const found = await row.run({ ...stage, progress, defer: (end) => ends.push(end) });
    return found.map((result) => ({ row: row.name, ...result }));
  } finally {
    await endAll(ends);
  }
};

/** Takes a profile of our server in this row; rows without a load of requests have none. */
const profileRow = async (row: Row, common: Common, pace: Pace, report: Report): Promise<Report> => {
  const profiles = { ...report.profiles };
  await runRow(row, {
    ...common,
    ...pace,
    portalFlags: profilerFlags,
    profile: async (server, work) => {
      const selfTime = await takeProfile(server, work);
      profiles[row.name] = { packages: selfTime.packages, functions: selfTime.functions };
      say(describeSelfTime(selfTime));
    },
  });
  return { ...report, profiles };
};

/** Measures what is wished for; answers the exit code. */
export const runBench = async (rows: readonly Row[], names: readonly string[], wishes: Wishes): Promise<number> => {
  const wanted = wishes.list ? [] : select(rows, names);
  const order = rows.map(({ name }) => name);
  const ends: (() => unknown)[] = [];
  let cluster: Promise<PostgresCluster> | undefined;
  const load = startLoad();
  ends.push(load.stop);
  const common: Common = {
    isLarge: wishes.large === true,
    load,
    postgres: () => {
      cluster ??= startPostgres().then((started) => {
        ends.push(started.stop);
        return started;
      });
      return cluster;
    },
  };
  let report = wishes.quick ? newReport() : readReport();
  const failures: string[] = [];
  const attempt = async (row: Row, work: () => Promise<Report>): Promise<void> => {
    try {
      report = await work();
      if (!wishes.quick) {
        writeReport(report);
      }
    } catch (error) {
      failures.push(row.name);
      say(`${row.name} failed: ${inspect(error)}`);
    }
  };
  const isMissed = (row: Row): boolean =>
    report.results.some((result) => result.row === row.name && result.isMet === false);
  try {
    for (const [index, row] of wanted.entries()) {
      say(`${index + 1} of ${wanted.length}: ${row.name}, ${row.about}`);
      await attempt(row, async () =>
        wishes.profile
          ? profileRow(row, common, wishes.quick ? quick : brief, report)
          : withResults(
              report,
              row.name,
              await runRow(row, { ...common, ...(wishes.quick ? quick : usual), portalFlags: [] }),
              order,
            ),
      );
    }
    // What falls short is told with its reason.
    for (const row of wishes.writeDocs && !wishes.profile ? wanted.filter(isMissed) : []) {
      say(`profile of ${row.name}, which falls short`);
      await attempt(row, () => profileRow(row, common, brief, report));
    }
  } finally {
    await endAll(ends);
  }
  printTable(report);
  if (wishes.writeDocs && !wishes.quick) {
    await writeDocumentation(report);
  }
  if (failures.length > 0) {
    say(styleText('red', `Rows that did not run: ${failures.join(', ')}`));
    return 1;
  }
  return wishes.strict && report.results.some(({ isMet }) => isMet === false) ? 1 : 0;
};
