import type BetterSqlite from 'better-sqlite3';
import { SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely';
import type { SqliteStatement } from 'kysely';
import type { DirectReader } from './compile-once.ts';
import { GroupingSqliteDriver } from './sqlite-driver.ts';
import type { ConnectionUse, Prepare } from './sqlite-driver.ts';

const preparedLimit = 500;

/**
 * Writes `+?` where others write `?`. SQLite's planner peeks at a bare parameter's value and then prepares the statement
 * anew whenever another is bound, which for a join takes longer than running it; the plus hides the value and changes
 * nothing else. Write a constant that a partial index is about as a literal (`eb.lit`).
 */
class PlanOnceQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/** SQLite rolls back what was done to the schema as all else; Kysely's adapter says otherwise for the sake of others. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  /** There is one; the driver itself lends it to one after the other. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Reads what was committed last without waiting for a turn on the connection, where no transaction has it. */
class DirectSqliteAdapter extends TransactionalSqliteAdapter implements DirectReader {
  private readonly use: ConnectionUse;
  private readonly prepare: Prepare;

  constructor(use: ConnectionUse, prepare: Prepare) {
    super();
    this.use = use;
    this.prepare = prepare;
  }

  readDirectly(text: string, parameters: readonly unknown[]): unknown[] | undefined {
    if (this.use.isInTransaction) {
      return undefined;
    }
    const statement = this.prepare(text);
    return statement.reader ? statement.all(parameters) : undefined;
  }
}

/** Kysely's SQLite dialect with immediate transactions that commit in groups, and each statement prepared and planned once. */
export class ImmediateSqliteDialect extends SqliteDialect {
  private readonly sqlite: BetterSqlite.Database;
  private readonly prepare: Prepare;
  private readonly isWatched: boolean;
  private readonly use: ConnectionUse = { isInTransaction: false };

  /** @param isWatched Every statement has to go through Kysely's driver, where somebody sees it. */
  constructor(sqlite: BetterSqlite.Database, isWatched = false) {
    const prepared = new Map<string, SqliteStatement>();
    const prepare: Prepare = (text) => {
      let statement = prepared.get(text);
      if (statement === undefined) {
        statement = sqlite.prepare<unknown[]>(text);
        if (prepared.size === preparedLimit) {
          prepared.clear();
        }
        prepared.set(text, statement);
      }
      return statement;
    };
    super({
      database: {
        close: () => {
          sqlite.close();
        },
        prepare,
      },
    });
    this.sqlite = sqlite;
    this.prepare = prepare;
    this.isWatched = isWatched;
  }

  override createAdapter(): TransactionalSqliteAdapter {
    return this.isWatched ? new TransactionalSqliteAdapter() : new DirectSqliteAdapter(this.use, this.prepare);
  }

  override createDriver(): GroupingSqliteDriver {
    return new GroupingSqliteDriver(this.sqlite, this.prepare, this.use);
  }

  override createQueryCompiler(): PlanOnceQueryCompiler {
    return new PlanOnceQueryCompiler();
  }
}
