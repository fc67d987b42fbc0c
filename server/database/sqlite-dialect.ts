import type BetterSqlite from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, SqliteDialectConfig, SqliteStatement } from 'kysely';
import type { DirectReader } from './compile-once.ts';

const preparedLimit = 500;

/** To ask SQLite itself takes longer than to read a short row. */
interface ConnectionUse {
  isInTransaction: boolean;
}

/**
 * Takes the write lock at once, or fails at once: waiting would block Node's only thread, so the caller tries again. A plain
 * `begin` takes the lock at the first write and then fails for good when another process has written since.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  private readonly sqlite: BetterSqlite.Database;
  private readonly use: ConnectionUse;

  constructor(config: SqliteDialectConfig, sqlite: BetterSqlite.Database, use: ConnectionUse) {
    super(config);
    this.sqlite = sqlite;
    this.use = use;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const patienceMs = Number(this.sqlite.pragma('busy_timeout', { simple: true }));
    this.sqlite.pragma('busy_timeout = 0');
    try {
      this.use.isInTransaction = true;
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.use.isInTransaction = false;
      throw error;
    } finally {
      this.sqlite.pragma(`busy_timeout = ${patienceMs}`);
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.use.isInTransaction = false;
  }

  /** SQLite itself has rolled back where a full disk stopped it in the midst. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.sqlite.inTransaction) {
      await super.rollbackTransaction(connection);
    }
    this.use.isInTransaction = false;
  }
}

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
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

type Prepare = (text: string) => SqliteStatement;

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

/** Kysely's SQLite dialect with immediate transactions, and each statement prepared and planned once. */
export class ImmediateSqliteDialect extends SqliteDialect {
  private readonly config: SqliteDialectConfig;
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
    const config: SqliteDialectConfig = {
      database: {
        close: () => {
          sqlite.close();
        },
        prepare,
      },
    };
    super(config);
    this.config = config;
    this.sqlite = sqlite;
    this.prepare = prepare;
    this.isWatched = isWatched;
  }

  override createAdapter(): TransactionalSqliteAdapter {
    return this.isWatched ? new TransactionalSqliteAdapter() : new DirectSqliteAdapter(this.use, this.prepare);
  }

  override createDriver(): ImmediateSqliteDriver {
    return new ImmediateSqliteDriver(this.config, this.sqlite, this.use);
  }

  override createQueryCompiler(): PlanOnceQueryCompiler {
    return new PlanOnceQueryCompiler();
  }
}
