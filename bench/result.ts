/** What one side did, round by round. */
export interface Side {
  median: number;
  /** Largest less smallest round, in percent of the median. */
  spreadPercent: number;
  rounds: number[];
}

export interface Goal {
  is: 'at least' | 'at most';
  ratio: number;
}

/** One comparison: the same work by the baseline and by us, in one run. */
export interface Result {
  /** Of the row that measured it, and of it alone among all results. */
  row: string;
  name: string;
  work: string;
  baseline: string;
  unit: string;
  bare: Side;
  ours: Side;
  /** Our median against the baseline's. */
  ratio: number;
  /** Null: for information. */
  goal: Goal | null;
  isMet: boolean | null;
  /** Further figures, by name and unit. */
  facts: Record<string, number>;
  measuredAt: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

export const sideOf = (rounds: readonly number[]): Side => {
  const middle = median(rounds);
  const spread = Math.max(...rounds) - Math.min(...rounds);
  return { median: middle, spreadPercent: middle === 0 ? 0 : (100 * spread) / middle, rounds: [...rounds] };
};

export const atLeast = (ratio: number): Goal => ({ is: 'at least', ratio });
export const atMost = (ratio: number): Goal => ({ is: 'at most', ratio });

/** What a row knows of a comparison before it is measured. */
export interface Comparison {
  name: string;
  work: string;
  baseline: string;
  unit: string;
  goal?: Goal;
}

export const resultOf = (
  { goal = undefined, ...comparison }: Comparison,
  rounds: { bare: readonly number[]; ours: readonly number[] },
  facts: Record<string, number> = {},
): Omit<Result, 'row'> => {
  const [bare, ours] = [sideOf(rounds.bare), sideOf(rounds.ours)];
  const ratio = ours.median / bare.median;
  if (!Number.isFinite(ratio)) {
    throw new Error(`${comparison.name} was measured as ${ours.median} against ${bare.median}`);
  }
  return {
    ...comparison,
    bare,
    ours,
    ratio,
    goal: goal ?? null,
    isMet: goal === undefined ? null : goal.is === 'at least' ? ratio >= goal.ratio : ratio <= goal.ratio,
    facts,
    measuredAt: new Date().toISOString(),
  };
};

const mostMemoryMb = 250;

/** The most memory that the server took, against what is allowed to any work on much data. */
export const memoryResult = (name: string, work: string, peaksMb: readonly number[]): Omit<Result, 'row'> =>
  resultOf({ name, work, baseline: 'limit', unit: 'MB', goal: atMost(1) }, { bare: [mostMemoryMb], ours: peaksMb });
