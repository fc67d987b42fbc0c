import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  Kysely,
  QueryResult,
  TransactionSettings,
} from 'kysely';

/** Called when it has ended, with what was thrown. */
export type Ended = (error?: unknown) => void;

export interface ObservedTransaction {
  /** Sees one statement of the transaction. */
  statement?(text: string): Ended | undefined;
  ended(outcome: 'committed' | 'rolled_back'): void;
}

/** How far a pool of connections is used. */
export interface PoolFigures {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Sees what is done on a database. It may not throw. */
export interface DatabaseObserver {
  /** A pool that is used from now on. */
  opened?(pool: PoolFigures): void;
  /** Sees one statement outside of transactions. The text holds no values. */
  statement?(text: string): Ended | undefined;
  began(): ObservedTransaction;
  /** A transaction could not begin: on SQLite, another process writes. */
  refused?(): void;
}

const streamedRows = 100;

class ObservedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  transaction: ObservedTransaction | undefined;
  private readonly observer: DatabaseObserver;

  constructor(inner: DatabaseConnection, observer: DatabaseObserver) {
    this.inner = inner;
    this.observer = observer;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const ended = (this.transaction ?? this.observer).statement?.(query.sql);
    return ended === undefined ? this.inner.executeQuery(query) : this.executeObserved(query, ended);
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.inner.streamQuery(query, chunkSize ?? streamedRows);
  }

  private async executeObserved<Row>(query: CompiledQuery, ended: Ended): Promise<QueryResult<Row>> {
    try {
      const result = await this.inner.executeQuery<Row>(query);
      ended();
      return result;
    } catch (error) {
      ended(error);
      throw error;
    }
  }
}

class ObservedDriver implements Driver {
  private readonly inner: Driver;
  private readonly observer: DatabaseObserver;

  constructor(inner: Driver, observer: DatabaseObserver) {
    this.inner = inner;
    this.observer = observer;
  }

  init(): Promise<void> {
    return this.inner.init();
  }

  async acquireConnection(): Promise<ObservedConnection> {
    return new ObservedConnection(await this.inner.acquireConnection(), this.observer);
  }

  async beginTransaction(connection: ObservedConnection, settings: TransactionSettings): Promise<void> {
    try {
      await this.inner.beginTransaction(connection.inner, settings);
    } catch (error) {
      this.observer.refused?.();
      throw error;
    }
    connection.transaction = this.observer.began();
  }

  async commitTransaction(connection: ObservedConnection): Promise<void> {
    await this.inner.commitTransaction(connection.inner);
    this.end(connection, 'committed');
  }

  async rollbackTransaction(connection: ObservedConnection): Promise<void> {
    try {
      await this.inner.rollbackTransaction(connection.inner);
    } finally {
      this.end(connection, 'rolled_back');
    }
  }

  releaseConnection(connection: ObservedConnection): Promise<void> {
    return this.inner.releaseConnection(connection.inner);
  }

  destroy(): Promise<void> {
    return this.inner.destroy();
  }

  private end(connection: ObservedConnection, outcome: 'committed' | 'rolled_back'): void {
    connection.transaction?.ended(outcome);
    connection.transaction = undefined;
  }
}

/** A dialect whose transactions and statements are seen by an observer; without one the dialect itself. */
export const observed = (dialect: Dialect, observer: DatabaseObserver | undefined): Dialect =>
  observer === undefined
    ? dialect
    : {
        createAdapter: () => dialect.createAdapter(),
        createDriver: () => new ObservedDriver(dialect.createDriver(), observer),
        createQueryCompiler: () => dialect.createQueryCompiler(),
        createIntrospector: (db: Kysely<unknown>) => dialect.createIntrospector(db),
      };

/** Several observers as one; undefined when there is none. */
export const allObservers = (...observers: readonly (DatabaseObserver | undefined)[]): DatabaseObserver | undefined => {
  const present = observers.filter((observer) => observer !== undefined);
  if (present.length < 2) {
    return present[0];
  }
  const statement =
    (of: readonly { statement?(text: string): Ended | undefined }[]) =>
    (text: string): Ended => {
      const ends = of.map((one) => one.statement?.(text));
      return (error) => {
        for (const end of ends) {
          end?.(error);
        }
      };
    };
  return {
    opened: (pool) => {
      for (const observer of present) {
        observer.opened?.(pool);
      }
    },
    statement: statement(present),
    began: () => {
      const begun = present.map((observer) => observer.began());
      return {
        statement: statement(begun),
        ended: (outcome) => {
          for (const one of begun) {
            one.ended(outcome);
          }
        },
      };
    },
    refused: () => {
      for (const observer of present) {
        observer.refused?.();
      }
    },
  };
};
