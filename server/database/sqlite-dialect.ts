import type BetterSqlite from 'better-sqlite3';
import { CompiledQuery, SqliteDialect, SqliteDriver, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, SqliteDialectConfig, SqliteStatement } from 'kysely';

const preparedLimit = 500;

/**
 * Takes the write lock at once. A plain `begin` takes it at the first write and then fails for good when another
 * process has written since.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
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

/** Kysely's SQLite dialect with immediate transactions, and each statement prepared and planned once. */
export class ImmediateSqliteDialect extends SqliteDialect {
  private readonly config: SqliteDialectConfig;

  constructor(sqlite: BetterSqlite.Database) {
    const prepared = new Map<string, SqliteStatement>();
    const config: SqliteDialectConfig = {
      database: {
        close: () => {
          sqlite.close();
        },
        prepare: (text) => {
          let statement = prepared.get(text);
          if (statement === undefined) {
            statement = sqlite.prepare<unknown[]>(text);
            if (prepared.size === preparedLimit) {
              prepared.clear();
            }
            prepared.set(text, statement);
          }
          return statement;
        },
      },
    };
    super(config);
    this.config = config;
  }

  override createDriver(): ImmediateSqliteDriver {
    return new ImmediateSqliteDriver(this.config);
  }

  override createQueryCompiler(): PlanOnceQueryCompiler {
    return new PlanOnceQueryCompiler();
  }
}
