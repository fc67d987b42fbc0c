import { CommandError } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import { findMove, hasRows, insertMove, insertRows, updateMove } from './move-target.repository.ts';
import type { Place } from './move-target.repository.ts';
import { followingTable, keyOf, keyText } from './moved-tables.ts';
import type { MovedTable, Row } from './moved-tables.ts';
import type { MoveSource } from './move-source.ts';
import type { Progress } from './move-progress.ts';
import { requireMovableTexts } from './unmovable-text.ts';

const rowsABatch = 1_000;
const charactersABatch = 1_000_000;

/** Rows in portions that fit into one statement. */
function* batchesOf(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    batch.push(row);
    for (const value of row) {
      characters += value?.length ?? 0;
    }
    if (batch.length === rowsABatch || characters > charactersABatch) {
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/**
 * Where an interrupted move of this source goes on; undefined at the beginning of one.
 * @throws CommandError when the target holds something else
 */
const beginMove = async (db: Db, source: MoveSource, onChecked: Progress): Promise<Place | undefined> => {
  const begun = await findMove(db);
  if (begun === undefined) {
    if (await hasRows(db)) {
      throw new CommandError(
        'target_not_empty',
        'The target holds data already: move into a database of its own, which is empty',
      );
    }
    source.readGenerations();
    await requireMovableTexts(source, onChecked);
    await transact(db, (trx) => insertMove(trx, source.fingerprint));
    return undefined;
  }
  if (begun.source !== source.fingerprint) {
    throw new CommandError(
      'source_changed',
      'The target holds a part of another database, or of this one before it changed: begin anew, with an empty target',
    );
  }
  source.readGenerations();
  return begun.place;
};

/** The tables and generations that are not moved yet, in their order. */
const portionsFrom = (source: MoveSource, place: Place | undefined): { table: MovedTable; generation: number }[] => {
  const portions = source.tables
    .filter(({ name }) => name !== followingTable)
    .flatMap((table) => Array.from({ length: source.generations(table) }, (_, generation) => ({ table, generation })));
  return portions.slice(
    place === undefined
      ? 0
      : portions.findIndex(({ table, generation }) => table.name === place.table && generation === place.generation),
  );
};

/** What a database says of data that its tables do not take. */
const refusalCodes = /^(22|23|54)\d/;

const explainedRefusal = (error: unknown, table: MovedTable, batch: readonly Row[]): unknown => {
  const { code, message, detail } = error as { code?: string; message: string; detail?: string };
  if (code === undefined || !refusalCodes.test(code)) {
    return error;
  }
  const [first, last] = [batch.at(0) ?? [], batch.at(-1) ?? []].map((row) => keyText(table, keyOf(table, row)));
  return new CommandError(
    'rows_refused',
    `PostgreSQL refuses rows of ${table.name} from ${first} to ${last}: ${message}${detail === undefined ? '' : ` (${detail})`}`,
  );
};

export interface MoveOutcome {
  /** How many an earlier run had moved. */
  resumedAt: number;
  rows: number;
}

/**
 * Moves every row, a batch a transaction, together with how far it has come: wherever it is interrupted, the next run goes
 * on from there.
 * @throws CommandError
 */
export const moveRows = async (
  db: Db,
  source: MoveSource,
  { onChecked, onMoved }: { onChecked: Progress; onMoved: Progress },
): Promise<MoveOutcome> => {
  const begun = await beginMove(db, source, onChecked);
  let place = begun;
  onMoved(place?.rows ?? 0, place?.table ?? '');
  let writing = Promise.resolve();
  const write = async (table: MovedTable, generation: number, batch: readonly Row[]): Promise<void> => {
    const before = place?.rows ?? 0;
    const key = keyOf(table, batch.at(-1) ?? []);
    const next: Place = { table: table.name, generation, key, rows: before + batch.length };
    await transact(db, async (trx) => {
      if (!(await updateMove(trx, before, next))) {
        throw new CommandError('move_running', 'Another run is moving into this target: let one of them end');
      }
      await insertRows(trx, table, batch).catch((error: unknown) => {
        throw explainedRefusal(error, table, batch);
      });
    });
    place = next;
    onMoved(place.rows, table.name);
  };
  try {
    for (const { table, generation } of portionsFrom(source, begun)) {
      const isBegun = begun?.table === table.name && begun.generation === generation;
      // The next batch is read while the one before is written.
      for (const batch of batchesOf(source.generation(table, generation, isBegun ? begun.key : undefined))) {
        await writing;
        writing = write(table, generation, batch);
      }
    }
  } finally {
    // Also when the source cannot be read on: whoever is told so closes the target.
    await writing;
  }
  return { resumedAt: begun?.rows ?? 0, rows: place?.rows ?? 0 };
};
