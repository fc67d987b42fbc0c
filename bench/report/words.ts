import type { Result, Side } from '../result.ts';
import type { Machine } from './machine.ts';

/** Three figures that matter. */
export const figure = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });

export const goalOf = ({ goal }: Result): string =>
  goal === null ? 'for information' : `${goal.is === 'at least' ? '≥' : '≤'} ${goal.ratio}`;

export const metOf = ({ isMet }: Result): string => (isMet === null ? '' : isMet ? 'yes' : 'NO');

export const spreadOf = ({ spreadPercent }: Side): string => `±${(spreadPercent / 2).toFixed(0)} %`;

/** The cells of a row of the table. */
export const cellsOf = (result: Result): string[] => [
  result.work,
  result.baseline,
  result.unit,
  `${figure(result.bare.median)} ${spreadOf(result.bare)}`,
  `${figure(result.ours.median)} ${spreadOf(result.ours)}`,
  result.ratio.toFixed(2),
  goalOf(result),
  metOf(result),
];

export const headings = ['work', 'baseline', 'unit', 'baseline, median', 'ours, median', 'ratio', 'goal', 'met'];

export const machineLine = ({ processor, cores, memoryGb, system, node, sqlite, postgres, commit }: Machine): string =>
  `${processor}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, SQLite ${sqlite}, PostgreSQL ${postgres}; commit ${commit}`;
