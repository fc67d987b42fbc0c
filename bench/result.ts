/** One comparison: the same work by the baseline and by us, in one run. */
export interface Row {
  work: string;
  baseline: string;
  unit: string;
  baselineMedian: number;
  ourMedian: number;
  /** Ours against the baseline, in the direction that `goal` is written in. */
  ratio: number;
  goal: string;
  isMet: boolean;
  /** Largest less smallest of our rounds, in percent of their median. */
  spreadPercent: number;
}

const mostMemoryMb = 250;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

export const spreadPercent = (values: readonly number[]): number =>
  (100 * (Math.max(...values) - Math.min(...values))) / median(values);

/** The most memory that the server took in any round, in bytes, against what the goals allow. */
export const memoryRow = (peaksBytes: readonly number[]): Row => {
  const peaksMb = peaksBytes.map((bytes) => bytes / 1e6);
  const peakMb = Math.max(...peaksMb);
  return {
    work: 'the same, peak memory of the server',
    baseline: 'limit',
    unit: 'MB',
    baselineMedian: mostMemoryMb,
    ourMedian: peakMb,
    ratio: peakMb / mostMemoryMb,
    goal: '< 1',
    isMet: peakMb < mostMemoryMb,
    spreadPercent: spreadPercent(peaksMb),
  };
};

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export const printTable = (rows: readonly Row[]): void => {
  const cells = [
    ['work', 'baseline', 'unit', 'baseline median', 'ours', 'ratio', 'goal', 'met', 'spread'],
    ...rows.map((row) => [
      row.work,
      row.baseline,
      row.unit,
      round(row.baselineMedian),
      round(row.ourMedian),
      row.ratio.toFixed(2),
      row.goal,
      row.isMet ? 'yes' : 'NO',
      `${row.spreadPercent.toFixed(0)} %`,
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of cells) {
    process.stdout.write(`${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
  }
};
