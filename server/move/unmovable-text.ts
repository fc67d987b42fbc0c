import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { CommandError } from '../command-line/command-line.ts';
import { keyText } from './moved-tables.ts';
import type { MovedTable } from './moved-tables.ts';
import type { MoveSource } from './move-source.ts';

const rowsAtOnce = 10_000;

/** What PostgreSQL has no text for. */
const faultOf = (bytes: Buffer): string | undefined => {
  if (bytes.includes(0)) {
    return 'holds the character U+0000, which PostgreSQL has not';
  }
  return isUtf8(bytes) ? undefined : 'is not UTF-8';
};

const describeFault = (source: MoveSource, table: MovedTable, rowNumber: number): CommandError => {
  const [row] = source.bytes(table).drop(rowNumber).take(1);
  const place = row?.findIndex((value) => value !== null && faultOf(value) !== undefined) ?? -1;
  const key = table.key.map((column) => row?.[column]?.toString() ?? '');
  return new CommandError(
    'text_unmovable',
    `${table.name} ${keyText(table, key)}: ${table.columns[place]?.name} ${faultOf(row?.[place] ?? Buffer.of())}; nothing was written`,
  );
};

/**
 * Looks at every text before anything is written.
 * @throws CommandError that names the first one that PostgreSQL cannot hold
 */
export const requireMovableTexts = async (source: MoveSource): Promise<void> => {
  for (const table of source.tables) {
    let rowNumber = 0;
    for (const bytes of source.texts(table)) {
      if (faultOf(bytes) !== undefined) {
        throw describeFault(source, table, rowNumber);
      }
      rowNumber += 1;
      if (rowNumber % rowsAtOnce === 0) {
        await setImmediate();
      }
    }
  }
};
