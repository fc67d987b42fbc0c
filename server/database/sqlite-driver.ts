import type BetterSqlite from 'better-sqlite3';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, SqliteStatement } from 'kysely';

/** To ask SQLite itself takes longer than to read a short row. */
export interface ConnectionUse {
  isInTransaction: boolean;
}

export type Prepare = (text: string) => SqliteStatement;

/** Somebody whose transaction has done its work, and waits until it cannot be lost any more. */
interface Written {
  resolve(value: undefined): void;
  reject(error: unknown): void;
}

/** Who has waited for others so long is answered before more join. */
const longestGroupMs = 10;

/** SQLite's one connection, as one who has borrowed it uses it. */
class Borrowed implements DatabaseConnection {
  /** It is given back by committing, before the commit is done; whoever uses it again borrows it again. */
  isHeld = true;
  transaction: 'own' | 'joined' | undefined;
  /** Why SQLite has rolled back by itself in the midst of the transaction. */
  lostBy: unknown;
  private readonly driver: GroupingSqliteDriver;

  constructor(driver: GroupingSqliteDriver) {
    this.driver = driver;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.transaction === undefined) {
      await this.driver.readyOutside(this);
    }
    return this.driver.execute<Row>(this, sql, parameters);
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    if (this.transaction === undefined) {
      await this.driver.readyOutside(this);
    }
    for (const row of this.driver.iterate(sql, parameters)) {
      yield { rows: [row as Row] };
    }
  }
}

/**
 * One connection, lent to one after the other. Transactions that wait for it at the same time become durable together:
 * each but the first runs within a savepoint of its own, so that one that fails takes only its own back, and none is told
 * that it is done before the one commit of all has reached the disk; when that fails, all are told. Nobody sees what is
 * not committed: whoever reads outside of a transaction has it committed first.
 */
export class GroupingSqliteDriver implements Driver {
  private readonly sqlite: BetterSqlite.Database;
  private readonly prepare: Prepare;
  private readonly use: ConnectionUse;
  private readonly patienceMs: number;
  private readonly waiting: (() => void)[] = [];
  private isLent = false;
  private group: Written[] = [];
  private groupEndsAt = 0;

  constructor(sqlite: BetterSqlite.Database, prepare: Prepare, use: ConnectionUse) {
    this.sqlite = sqlite;
    this.prepare = prepare;
    this.use = use;
    this.patienceMs = Number(sqlite.pragma('busy_timeout', { simple: true }));
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<Borrowed> {
    await this.borrow();
    return new Borrowed(this);
  }

  async beginTransaction(borrowed: Borrowed): Promise<void> {
    await this.ready(borrowed);
    if (this.group.length === 0) {
      this.beginAtOnce();
      this.groupEndsAt = performance.now() + longestGroupMs;
      borrowed.transaction = 'own';
    } else {
      this.run('savepoint joined');
      borrowed.transaction = 'joined';
    }
    this.use.isInTransaction = true;
  }

  /** Done when it is on the disk; until then others may join. */
  commitTransaction(borrowed: Borrowed): Promise<void> {
    return new Promise((resolve, reject) => {
      if (borrowed.lostBy !== undefined) {
        throw borrowed.lostBy;
      }
      if (borrowed.transaction === 'joined') {
        this.run('release joined');
      }
      borrowed.transaction = undefined;
      this.group.push({ resolve, reject });
      this.giveBack(borrowed);
    });
  }

  /** Where the commit has failed, or SQLite itself has rolled back, there is nothing left to do. */
  rollbackTransaction(borrowed: Borrowed): Promise<void> {
    const { transaction } = borrowed;
    borrowed.transaction = undefined;
    borrowed.lostBy = undefined;
    if (transaction !== undefined && this.sqlite.inTransaction) {
      if (transaction === 'joined') {
        this.run('rollback to joined');
        this.run('release joined');
      } else {
        this.run('rollback');
        this.use.isInTransaction = false;
      }
    }
    return Promise.resolve();
  }

  releaseConnection(borrowed: Borrowed): Promise<void> {
    if (borrowed.isHeld) {
      this.giveBack(borrowed);
    }
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.sqlite.close();
    return Promise.resolve();
  }

  /** Lends the connection, with nothing on it that is not committed. */
  async readyOutside(borrowed: Borrowed): Promise<void> {
    await this.ready(borrowed);
    this.commitGroup();
  }

  execute<Row>(borrowed: Borrowed, text: string, parameters: readonly unknown[]): QueryResult<Row> {
    if (borrowed.lostBy !== undefined) {
      throw borrowed.lostBy;
    }
    try {
      const statement = this.prepare(text);
      if (statement.reader) {
        return { rows: statement.all(parameters) as Row[] };
      }
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
    } catch (error) {
      if (borrowed.transaction !== undefined && !this.sqlite.inTransaction) {
        borrowed.lostBy = error;
        this.use.isInTransaction = false;
        this.endGroup((member) => {
          member.reject(error);
        });
      }
      throw error;
    }
  }

  iterate(text: string, parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.prepare(text).iterate(parameters);
  }

  private run(text: string): void {
    this.prepare(text).run([]);
  }

  /**
   * Takes the write lock at once, or fails at once: waiting would block Node's only thread, so the caller tries again. A
   * plain `begin` takes the lock at the first write and then fails for good when another process has written since.
   */
  private beginAtOnce(): void {
    this.sqlite.pragma('busy_timeout = 0');
    try {
      this.run('begin immediate');
    } finally {
      this.sqlite.pragma(`busy_timeout = ${this.patienceMs}`);
    }
  }

  private async borrow(): Promise<void> {
    if (this.isLent) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    this.isLent = true;
  }

  private async ready(borrowed: Borrowed): Promise<void> {
    if (!borrowed.isHeld) {
      await this.borrow();
      borrowed.isHeld = true;
    }
  }

  private giveBack(borrowed: Borrowed): void {
    borrowed.isHeld = false;
    const next = this.waiting.shift();
    if (next === undefined || performance.now() > this.groupEndsAt) {
      this.commitGroup();
    }
    if (next === undefined) {
      this.isLent = false;
    } else {
      next();
    }
  }

  private commitGroup(): void {
    if (this.group.length === 0) {
      return;
    }
    try {
      this.run('commit');
      this.use.isInTransaction = false;
      this.endGroup((member) => {
        member.resolve(undefined);
      });
    } catch (error) {
      if (this.sqlite.inTransaction) {
        this.run('rollback');
      }
      this.use.isInTransaction = false;
      this.endGroup((member) => {
        member.reject(error);
      });
    }
  }

  private endGroup(tell: (member: Written) => void): void {
    const members = this.group;
    this.group = [];
    members.forEach(tell);
  }
}
