import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { CommandError } from '../command-line/command-line.ts';
import { keyText } from './moved-tables.ts';
import type { MovedTable } from './moved-tables.ts';
import type { Progress } from './move-progress.ts';
import type { MoveSource } from './move-source.ts';

const rowsAtOnce = 10_000;

/** What PostgreSQL has no text for. */
const faultOf = (bytes: Buffer): string | undefined => {
  if (bytes.includes(0)) {
    return 'holds the character U+0000, which PostgreSQL has not';
  }
  return isUtf8(bytes) ? undefined : 'is not UTF-8';
};

const describeFault = (source: MoveSource, table: MovedTable): CommandError => {
  for (const row of source.bytes(table)) {
    for (const [place, value] of row.entries()) {
      const fault = value === null ? undefined : faultOf(value);
      if (fault !== undefined) {
        const key = table.key.map((column) => row[column]?.toString() ?? '');
        const column = table.columns[place]?.name;
        return new CommandError(
          'text_unmovable',
          `${table.name} ${keyText(table, key)}: ${column} ${fault}; nothing was written`,
        );
      }
    }
  }
  throw new Error(`${table.name} has changed`);
};

/**
 * Looks at every text before anything is written.
 * @throws CommandError that names the first one that PostgreSQL cannot hold
 */
export const requireMovableTexts = async (source: MoveSource, onProgress: Progress): Promise<void> => {
  let rows = 0;
  for (const table of source.tables) {
    for (const bytes of source.texts(table)) {
      if (faultOf(bytes) !== undefined) {
        throw describeFault(source, table);
      }
      rows += 1;
      onProgress(rows, table.name);
      if (rows % rowsAtOnce === 0) {
        await setImmediate();
      }
    }
  }
};
