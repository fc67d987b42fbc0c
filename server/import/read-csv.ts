import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { CommandError, reasonOf } from '../command-line/command-line.ts';
import type { Rejection } from './import-batch.ts';

/** A quoted value may run over so many lines; a quotation mark that is open longer has been forgotten. */
const mostLinesOfRow = 100;

const reasons: Partial<Record<CsvError['code'], string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'a closing quotation mark is followed by text',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a value that does not begin with one',
};

interface Line {
  number: number;
  text: string;
}

/** One row, or the reason why it is none. `line` is that on which it begins. */
export type CsvRow = { line: number; values: string[] } | Rejection;

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = '';
  let number = 0;
  for await (const chunk of chunks) {
    const text = rest + chunk;
    // The second half of a line break may be in the next chunk.
    const usable = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, usable).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(usable);
    for (const line of lines) {
      number += 1;
      yield { number, text: line };
    }
  }
  if (rest !== '') {
    yield { number: number + 1, text: rest.replace(/\r$/, '') };
  }
}

/** Whether the text ends inside a quoted value. A quotation mark opens only at the beginning of a value. */
const isOpen = (text: string, delimiter: string): boolean => {
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  for (const character of text) {
    if (state === 'quoted') {
      state = character === '"' ? 'closed' : 'quoted';
    } else if (character === delimiter) {
      state = 'start';
    } else if (character === '"' && state !== 'plain') {
      // After a closing mark, a second one makes both stand for a quotation mark in the value.
      state = 'quoted';
    } else {
      state = 'plain';
    }
  }
  return state === 'quoted';
};

const rowOf = (lines: readonly Line[], delimiter: string): CsvRow => {
  const line = lines[0]?.number ?? 0;
  const text = lines.map((part) => part.text).join('\n');
  try {
    const [values = ['']] = parse(text, { delimiter, record_delimiter: '\u0000', bom: false });
    return { line, values };
  } catch (error) {
    const reason = error instanceof CsvError ? (reasons[error.code] ?? error.message) : reasonOf(error);
    return { line, reason, values: [text] };
  }
};

/**
 * Reads rows one after the other. A row that cannot be read is told, and the next line is read all the same, also where
 * a quotation mark was forgotten.
 */
export async function* readCsv(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow> {
  const source = linesOf(chunks)[Symbol.asyncIterator]();
  const waiting: Line[] = [];
  const nextLine = async (): Promise<Line | undefined> => {
    const again = waiting.shift();
    return again ?? ((await source.next()).value as Line | undefined);
  };
  for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
    if (line.text.trim() === '') {
      continue;
    }
    const lines = [line];
    let text = line.text;
    while (isOpen(text, delimiter) && lines.length < mostLinesOfRow) {
      const more = await nextLine();
      if (more === undefined) {
        break;
      }
      lines.push(more);
      text += `\n${more.text}`;
    }
    const row = isOpen(text, delimiter) ? undefined : rowOf(lines, delimiter);
    if (row === undefined || ('reason' in row && lines.length > 1)) {
      waiting.unshift(...lines.slice(1));
      yield { line: line.number, reason: 'a quotation mark is not closed', values: [line.text] };
    } else {
      yield row;
    }
  }
}

/** A file of text, and how far it has been read. */
export interface TextFile {
  chunks: AsyncIterable<string>;
  size: number;
  bytesRead(): number;
}

/** @throws CommandError when it cannot be read */
export const openText = async (path: string): Promise<TextFile> => {
  try {
    const file = await open(path);
    const stat = await file.stat();
    await file.close();
    if (!stat.isFile()) {
      throw new Error('it is not a file');
    }
    const stream = createReadStream(path, 'utf8');
    return { chunks: stream, size: stat.size, bytesRead: () => stream.bytesRead };
  } catch (error) {
    throw new CommandError('file_unreadable', `Cannot read ${path}: ${reasonOf(error)}`);
  }
};
