import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { CsvFormat } from '#contract/documents.ts';
import { toMajor } from '../money.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

/** One column. Text is made safe for spreadsheets; a number is written as it is, with a point and without grouping. */
export interface Column<Row> {
  header: string;
  kind: 'text' | 'number';
  /** Null is an empty cell. */
  value(row: Row): string | number | null;
}

export const text = <Row>(header: string, value: (row: Row) => string | null): Column<Row> => ({
  header,
  kind: 'text',
  value,
});

export const number = <Row>(header: string, value: (row: Row) => string | number | null): Column<Row> => ({
  header,
  kind: 'number',
  value,
});

/** Minor units, written as a number of major units with the decimals of the currency. */
export const amount = <Row>(
  header: string,
  minorUnits: (row: Row) => number | null,
  currency: (row: Row) => string,
): Column<Row> =>
  number(header, (row) => {
    const value = minorUnits(row);
    return value === null ? null : toMajor(value, currency(row));
  });

const cellOf = <Row>({ kind, value }: Column<Row>, row: Row): string => {
  const cell = value(row);
  if (cell === null) {
    return '';
  }
  return kind === 'text' ? spreadsheetText(String(cell)) : String(cell);
};

const linesOf = (records: string[][], hasBom = false): string =>
  stringify(records, { record_delimiter: 'windows', bom: hasBom });

/** Few, so that what is made for them is gone before the garbage collector keeps it. */
const rowsAChunk = 100;

async function* csvChunks<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  format: CsvFormat,
): AsyncGenerator<string> {
  yield linesOf([columns.map(({ header }) => header)], format === 'excel');
  for await (const rows of pages) {
    for (let start = 0; start < rows.length; start += rowsAChunk) {
      const chunk = rows.slice(start, start + rowsAChunk);
      yield linesOf(chunk.map((row) => columns.map((column) => cellOf(column, row))));
    }
  }
}

/** A CSV file with a line of headings, made page by page as fast as it is read; whoever stops reading ends it. */
export const csvStream = <Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  format: CsvFormat,
): Readable => Readable.from(csvChunks(columns, pages, format));

export const csvType = 'text/csv; charset=utf-8; header=present';
