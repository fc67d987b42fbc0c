import type { Readable } from 'node:stream';
import type { CsvFormat } from '#contract/documents.ts';
import { amount, csvStream, text } from '../exports/csv.ts';
import type { Column } from '../exports/csv.ts';
import { ageWords } from './statement-words.ts';
import type { Ageing, MovementKind, Statement, StatementMovement, StatementSection } from './statement.ts';

/** A line of the file: a movement, or what stands before and behind the movements of a currency. */
interface Line extends Pick<StatementMovement, 'date' | 'number' | 'description' | 'dueDate'> {
  currency: string;
  type: string;
  charge: number | null;
  credit: number | null;
  balance: number | null;
}

const kindWords: Record<MovementKind, string> = {
  invoice: 'Invoice',
  balance_applied: 'Balance applied',
  adjustment: 'Adjustment',
  payment: 'Payment',
  tax_withheld: 'Tax withheld',
  refund: 'Refund',
  reversal: 'Reversal',
  credit_note: 'Credit note',
};

const currency = (line: Line): string => line.currency;

const columns: Column<Line>[] = [
  text('Currency', currency),
  text('Date', (line) => line.date),
  text('Type', (line) => line.type),
  text('Number', (line) => line.number),
  text('Description', (line) => line.description),
  text('Due date', (line) => line.dueDate),
  amount('Charge', (line) => line.charge, currency),
  amount('Credit', (line) => line.credit, currency),
  amount('Balance', (line) => line.balance, currency),
];

/** Of the two sides one is left empty, unless both are 0. */
const side = (value: number, other: number): number | null => (value === 0 && other !== 0 ? null : value);

const linesOf = (section: StatementSection, { from, to }: Statement): Line[] => {
  const { currency, ageing } = section;
  const empty = { currency, number: null, dueDate: null, charge: null, credit: null, balance: null };
  return [
    {
      ...empty,
      date: from,
      type: 'Opening balance',
      description: 'Opening balance',
      balance: section.openingBalance,
    },
    ...section.movements.map(({ kind, charge, credit, ...movement }) => ({
      ...movement,
      currency,
      type: kindWords[kind],
      charge: side(charge, credit),
      credit: side(credit, charge),
    })),
    {
      ...empty,
      date: to,
      type: 'Closing balance',
      description: 'Closing balance',
      charge: section.totalCharges,
      credit: section.totalCredits,
      balance: section.closingBalance,
    },
    ...(Object.keys(ageWords) as (keyof Ageing)[]).map((age) => ({
      ...empty,
      date: to,
      type: 'Ageing',
      description: ageWords[age],
      balance: age === 'unallocated' ? -ageing[age] : ageing[age],
    })),
  ];
};

/**
 * The statement as one table, currency after currency: the opening balance, the movements, the closing balance with the
 * sums of both sides, and what the closing balance is made of, by age.
 */
export const statementCsv = (statement: Statement, format: CsvFormat): Readable =>
  csvStream(
    columns,
    statement.sections.map((section) => linesOf(section, statement)),
    format,
  );
