import { inspect, styleText } from 'node:util';
import { startPostgres } from './data/postgres-cluster.ts';
import type { PostgresCluster } from './data/postgres-cluster.ts';
import { startLoad } from './load/load.ts';
import { profiler, profilerFlags } from './profile/profiler.ts';
import { writeDocumentation } from './report/documentation.ts';
import { describeMachine } from './report/machine.ts';
import { readReport, withResults, writeReport } from './report/report.ts';
import { printTable } from './report/table.ts';
import type { Result } from './result.ts';
import type { Row, Stage } from './stage.ts';

export interface Wishes {
  names: readonly string[];
  quick?: boolean;
  large?: boolean;
  strict?: boolean;
  profile?: boolean;
  writeDocs?: boolean;
  list?: boolean;
}

const usual = { rounds: 5, roundMs: 4_000, warmUpMs: 2_000 };
const quick = { rounds: 2, roundMs: 300, warmUpMs: 100 };

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
const runRow = async (row: Row, common: Omit<Stage, 'defer' | 'progress'>): Promise<Result[]> => {
  const ends: (() => unknown)[] = [];
  const stage: Stage = {
    ...common,
    defer: (end) => ends.push(end),
    progress: (text) => {
      say(`${row.name}: ${text}`);
    },
  };
  try {
    return (await row.run(stage)).map((result) => ({ row: row.name, ...result }));
  } finally {
    await endAll(ends);
  }
};

/** Measures what is wished for; answers the exit code. */
export const runBench = async (rows: readonly Row[], wishes: Wishes): Promise<number> => {
  const wanted = wishes.list ? [] : select(rows, wishes.names);
  const ends: (() => unknown)[] = [];
  let cluster: Promise<PostgresCluster> | undefined;
  const load = startLoad();
  ends.push(load.stop);
  const common = {
    ...(wishes.quick ? quick : usual),
    isLarge: wishes.large === true,
    isQuick: wishes.quick === true,
    load,
    portalFlags: wishes.profile ? profilerFlags : [],
    ...(wishes.profile ? { profile: profiler(say) } : {}),
    postgres: () => {
      cluster ??= startPostgres().then((started) => {
        ends.push(started.stop);
        return started;
      });
      return cluster;
    },
  };
  const isKept = !wishes.quick && !wishes.profile;
  let report = { machine: describeMachine(), results: isKept || wishes.list ? readReport().results : [] };
  const failures: string[] = [];
  try {
    for (const [index, row] of wanted.entries()) {
      say(`${index + 1} of ${wanted.length}: ${row.name}, ${row.about}`);
      try {
        report = withResults(report, row.name, await runRow(row, common), rows);
        if (isKept) {
          writeReport(report);
        }
      } catch (error) {
        failures.push(row.name);
        say(`${row.name} failed: ${inspect(error)}`);
      }
    }
  } finally {
    await endAll(ends);
  }
  printTable(report);
  if (wishes.writeDocs) {
    await writeDocumentation(report);
  }
  if (failures.length > 0) {
    say(styleText('red', `Rows that did not run: ${failures.join(', ')}`));
    return 1;
  }
  const isShort = report.results.some(({ isMet }) => isMet === false);
  return wishes.strict && isShort ? 1 : 0;
};
