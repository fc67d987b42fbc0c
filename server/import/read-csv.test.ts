import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) {
    yield text.slice(start, start + size);
  }
}

const rowsOf = async (text: string, { size = 7, delimiter = ',' } = {}) => {
  const rows: unknown[] = [];
  for await (const row of readCsv(inChunks(text, size), delimiter)) {
    rows.push('reason' in row ? [row.line, row.reason] : [row.line, row.values]);
  }
  return rows;
};

test.each([
  [
    'plain',
    'a,b\n1,2\n',
    [
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ],
  ],
  [
    'no last line break',
    'a\n1',
    [
      [1, ['a']],
      [2, ['1']],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ],
  ],
  [
    'lone CR',
    'a\r1\r',
    [
      [1, ['a']],
      [2, ['1']],
    ],
  ],
  [
    'empty lines count',
    'a\n\n \n1\n',
    [
      [1, ['a']],
      [4, ['1']],
    ],
  ],
  ['quotes', '"a ""b""","c,d"\n', [[1, ['a "b"', 'c,d']]]],
  ['empty quoted', '"",""\n', [[1, ['', '']]]],
  [
    'a value over two lines',
    'x\n"1\n2",3\n4,5\n',
    [
      [1, ['x']],
      [2, ['1\n2', '3']],
      [4, ['4', '5']],
    ],
  ],
  ['nothing', '', []],
])('%s', async (_, text, rows) => {
  expect(await rowsOf(text)).toEqual(rows);
  expect(await rowsOf(text, { size: 1 })).toEqual(rows);
});

test('another delimiter', async () => {
  expect(await rowsOf('a;"b;c"\n', { delimiter: ';' })).toEqual([[1, ['a', 'b;c']]]);
});

test.each([
  ['forgotten quotation mark', 'a,b\n1,"2\n3,4\n5,6\n', [2, 'a quotation mark is not closed']],
  ['forgotten quotation mark before a quoted value', 'a,b\n"1,2\n3,"4"\n5,6\n', [2, 'a quotation mark is not closed']],
  ['text after a closing mark', 'a,b\n"1"x,2\n3,4\n5,6\n', [2, 'a closing quotation mark is followed by text']],
  [
    'mark inside a value',
    'a,b\n1"x,2\n3,4\n5,6\n',
    [2, 'a quotation mark stands inside a value that does not begin with one'],
  ],
])('%s: the next rows are read all the same', async (_, text, rejection) => {
  expect(await rowsOf(text)).toEqual([[1, ['a', 'b']], rejection, [3, ['3', '4']], [4, ['5', '6']]]);
});
