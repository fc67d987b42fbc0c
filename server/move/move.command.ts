import type { Command } from 'commander';
import { addCommand, CommandError, withPreparedDatabase } from '../command-line/command-line.ts';
import type { Answer, Terminal } from '../command-line/command-line.ts';
import { DatabaseUrl } from '../config.ts';
import { migrateTarget, requireMigrated } from '../database/migrate.ts';
import { isPostgresUrl } from '../database/open.ts';
import type { Compared } from './compare-rows.ts';
import { progressOf } from './move-progress.ts';
import { moveRows } from './move-rows.service.ts';
import { MoveSource } from './move-source.ts';
import { followingTable, keyText } from './moved-tables.ts';
import { analyseTarget, endMove, verifyRows } from './verify-move.service.ts';

const urlOf = (option: string, text: string | undefined): string => {
  const { success, data } = DatabaseUrl.safeParse(text);
  if (!success) {
    throw new CommandError(
      'database_url_invalid',
      `${option} must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>`,
    );
  }
  return data;
};

/** @throws CommandError for every way but from SQLite to PostgreSQL */
const endsOf = (from: string, to: string): { file: string; target: string } => {
  if (isPostgresUrl(from)) {
    throw new CommandError(
      'direction_unsupported',
      isPostgresUrl(to)
        ? 'Data moves from SQLite to PostgreSQL only; pg_dump copies one PostgreSQL to another'
        : 'Data moves from SQLite to PostgreSQL only, not back',
    );
  }
  if (!isPostgresUrl(to)) {
    throw new CommandError(
      'direction_unsupported',
      'Data moves from SQLite to PostgreSQL only; `backup` copies one SQLite to another',
    );
  }
  return { file: from.replace(/^sqlite:/, ''), target: to };
};

const kinds = {
  missing_in_target: () => 'is missing in the target',
  only_in_target: () => 'is in the target only',
  different: (columns: readonly string[]) => `is different in ${columns.join(', ')}`,
} as const;

const documentOf = ({ table, rows, sha256, difference }: Compared) =>
  difference === undefined ? { table: table.name, rows, sha256 } : { table: table.name, rows_equal: rows, difference };

const complaintOf = ({ table, difference }: Compared): string =>
  difference === undefined
    ? ''
    : `${table.name} ${keyText(table, difference.key)} ${kinds[difference.kind](difference.columns)}`;

/** @throws CommandError that names the first difference */
const requireEqual = (results: readonly Compared[]): void => {
  const unequal = results.filter(({ difference }) => difference !== undefined);
  const [first] = unequal;
  if (first !== undefined) {
    const others = unequal.slice(1).map(({ table }) => table.name);
    throw new CommandError(
      'data_different',
      `The target is not the same as the source: ${complaintOf(first)}${others.length === 0 ? '' : `; differences also in ${others.join(', ')}`}`,
      { tables: results.map(documentOf) },
    );
  }
};

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

interface MoveOptions {
  from: string;
  to?: string;
  verifyOnly?: boolean;
}

export const addMoveCommand = (program: Command, terminal: Terminal): void => {
  addCommand(
    program,
    terminal,
    'migrate-data',
    'move all data from SQLite to PostgreSQL, and compare every row',
    async (command) => {
      const options = command.opts<MoveOptions>();
      const isOnlyVerified = options.verifyOnly === true;
      const { file, target } = endsOf(
        urlOf('--from', options.from),
        urlOf('--to', options.to ?? terminal.environment['DATABASE_URL']),
      );
      const source = await MoveSource.open(file);
      try {
        const prepare = isOnlyVerified ? requireMigrated : migrateTarget;
        return await withPreparedDatabase<unknown, Answer>(target, prepare, async (db) => {
          const counts = [...source.counts];
          const total = counts.reduce((sum, [, count]) => sum + count, 0);
          const following = counts.find(([{ name }]) => name === followingTable)?.[1] ?? 0;
          const beganAt = performance.now();
          const moved = isOnlyVerified
            ? undefined
            : await moveRows(db, source, {
                onChecked: progressOf(terminal, 'checked', total),
                onMoved: progressOf(terminal, 'moved', total - following),
              });
          const movedAt = performance.now();
          if (!isOnlyVerified) {
            await analyseTarget(db, source);
          }
          const results = await verifyRows(db, source, progressOf(terminal, 'compared', total));
          requireEqual(results);
          if (!isOnlyVerified) {
            await endMove(db);
          }
          const moveMs = Math.round(movedAt - beganAt);
          const verifyMs = Math.round(performance.now() - movedAt);
          const compared = `Compared ${total} rows of ${results.length} tables in ${secondsOf(verifyMs)}: every one is the same.`;
          return {
            document: {
              rows: total,
              ...(moved === undefined ? {} : { resumed_at: moved.resumedAt, move_ms: moveMs }),
              verify_ms: verifyMs,
              tables: results.map(documentOf),
            },
            text:
              moved === undefined
                ? compared
                : [
                    `Moved ${moved.rows - moved.resumedAt} rows in ${secondsOf(moveMs)}${moved.resumedAt === 0 ? '' : `, behind ${moved.resumedAt} that were there`}.`,
                    compared,
                    'Counts of failed attempts were not moved. Start the servers with DATABASE_URL set to the target, and with the same SIGNING_SECRETS.',
                  ].join('\n'),
          };
        });
      } finally {
        source.close();
      }
    },
  )
    .requiredOption('--from <url>', 'sqlite:<file>, which nobody else may have open')
    .option('--to <url>', 'postgres://…, empty or of an interrupted move (default: DATABASE_URL)')
    .option('--verify-only', 'write nothing, and compare what is there')
    .addHelpText('after', '\nStop the servers first. Interrupted, it goes on where it was when it is run again.');
};
