import { peakResidentMb, processorMs, processTree, residentMb } from './process-figures.ts';
import type { Server } from './processes.ts';
import { median } from './result.ts';
import type { Stage } from './stage.ts';

/** What was done in one go. */
export interface Work {
  completed: number;
  elapsedMs: number;
  p50Ms?: number;
  p99Ms?: number;
}

/** Somebody who does the work that is compared. */
export interface Contender {
  /** Its process, where it has one of its own. */
  server?: Server;
  work(ms: number): Promise<Work>;
}

export interface Round {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of the server and all its processes for each piece of work. */
  processorUs: number;
  /** Processor time of all its processes against the time that passed: 100 is one processor kept busy. */
  busyPercent: number;
  residentMb: number;
  peakMb: number;
}

const sampleEveryMs = 100;

const runRound = async ({ server, work }: Contender, ms: number): Promise<Round> => {
  const pids = server === undefined ? [] : processTree(server.pid);
  const memory: number[] = [];
  const sample = (): void => {
    memory.push(residentMb(pids));
  };
  const timer = setInterval(sample, sampleEveryMs);
  const before = processorMs(pids);
  const done = await work(ms);
  const spentMs = processorMs(pids) - before;
  clearInterval(timer);
  sample();
  return {
    perSecond: (1000 * done.completed) / done.elapsedMs,
    p50Ms: done.p50Ms ?? NaN,
    p99Ms: done.p99Ms ?? NaN,
    processorUs: (1000 * spentMs) / done.completed,
    busyPercent: (100 * spentMs) / done.elapsedMs,
    residentMb: median(memory),
    peakMb: server === undefined ? NaN : peakResidentMb(server.pid),
  };
};

/** Measures several contenders in turn, so that what else the machine does hits all alike. Discards only the warm-up. */
export const alternate = async <Name extends string>(
  stage: Stage,
  contenders: Record<Name, Contender>,
): Promise<Record<Name, Round[]>> => {
  const named = Object.entries(contenders) as [Name, Contender][];
  for (const [name, { server, work }] of named) {
    stage.progress(`${name} warms up`);
    await work(stage.warmUpMs);
    if (name === 'ours' && server !== undefined) {
      await stage.profile?.(server, () => work(2 * stage.roundMs));
    }
  }
  const measured = Object.fromEntries(named.map(([name]) => [name, [] as Round[]])) as Record<Name, Round[]>;
  for (let round = 1; round <= stage.rounds; round += 1) {
    for (const [name, contender] of named) {
      const found = await runRound(contender, stage.roundMs);
      measured[name].push(found);
      stage.progress(`round ${round} of ${stage.rounds}: ${name} ${found.perSecond.toFixed(0)} a second`);
    }
  }
  return measured;
};

/** The same figure of all rounds. */
export const column = (rounds: readonly Round[], figure: keyof Round): number[] => rounds.map((round) => round[figure]);
