import { Kysely, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import type { PostgresPool, PostgresPoolClient, PrimitiveValueListNode, RawNode } from 'kysely';
import pg from 'pg';
import type { ClientBase, CustomTypesConfig, Pool, PoolClient, PoolOptions, QueryResult } from 'pg';
import { isTwoDialectNode } from '../dialect.ts';
import { observed } from '../observed-dialect.ts';
import type { DatabaseObserver } from '../observed-dialect.ts';
import { currentOrganisation, readFromPrimary, seenChange } from '../organisation-context.ts';
import type { Tables } from '../tables.ts';
import { lockOf } from './organisation-lock.ts';
import { Replica, replicaPreludes } from './replica.ts';
import { changeOfScopePrelude, scopePrelude, ScopedQuery } from './scoped-query.ts';
import type { Prelude } from './scoped-query.ts';
import { StatementNames } from './statement-names.ts';

/** How a process uses PostgreSQL. */
export interface PostgresSettings {
  /** Connections at most. */
  connections: number;
  /** Off where a pooler of transactions in between knows nothing of prepared statements. */
  preparesStatements: boolean;
  /** Of a copy that follows the database: requests read from it when it has what they have seen. */
  readUrl?: string | undefined;
  /** Told when the copy fails; for some seconds nobody asks it again. */
  onReplicaGone?: (error: unknown) => void;
  /** Told when PostgreSQL breaks a statement off, because it takes too long for example. The text holds no values. */
  onBrokenOff?: (text: string, error: Error) => void;
}

const isBrokenOff = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '57014';

const connectingMs = 5_000;
const idleMs = 30_000;

/** Rows look as SQLite's do: whole numbers are numbers, true is 1. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
]);

const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    parsers.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

/** A transaction that is left open, by a process that hangs for example, is broken off: it holds its locks. */
const beginning = (organisationId: string): string =>
  [
    'begin',
    "set local statement_timeout = '30s'",
    "set local lock_timeout = '2s'",
    "set local idle_in_transaction_session_timeout = '15s'",
    `select set_config('portal.organisation_id', ${pg.escapeLiteral(organisationId)}, true)`,
    lockOf(organisationId),
  ]
    .filter((statement) => statement !== undefined)
    .join('; ');

/** One connection, as Kysely uses it: each statement in the scope of the organisation whose work it is. */
class ScopedClient implements PostgresPoolClient {
  private readonly client: PoolClient;
  private readonly names: StatementNames | undefined;
  private readonly onBrokenOff: PostgresSettings['onBrokenOff'];
  /** The scope that the transaction under way has; undefined outside of one. */
  private transactionScope: string | undefined;
  private hasFailedToBegin = false;

  constructor(client: PoolClient, names: StatementNames | undefined, onBrokenOff: PostgresSettings['onBrokenOff']) {
    this.client = client;
    this.names = names;
    this.onBrokenOff = onBrokenOff;
  }

  query(text: string, values: readonly unknown[]): Promise<QueryResult>;
  query(cursor: never): never;
  async query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    try {
      return await this.send(text, values);
    } catch (error) {
      if (isBrokenOff(error)) {
        this.onBrokenOff?.(text, error);
      }
      throw error;
    }
  }

  release(isBroken?: boolean): void {
    this.client.release(isBroken === true || this.hasFailedToBegin);
  }

  private send(text: string, values: readonly unknown[]): Promise<QueryResult> {
    const organisationId = currentOrganisation();
    if (text === 'begin') {
      return this.begin(organisationId);
    }
    if (text === 'commit' || text === 'rollback') {
      this.transactionScope = undefined;
      return this.client.query(text);
    }
    const name = this.names?.of(text);
    if (this.transactionScope === organisationId) {
      return this.client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
    }
    const isWithin = this.transactionScope !== undefined;
    if (isWithin) {
      this.transactionScope = organisationId;
    }
    const prelude = isWithin ? changeOfScopePrelude : scopePrelude;
    const scope = { organisationId, isPrepared: !isWithin && this.names !== undefined };
    return new Promise((resolve, reject) => {
      this.client.query(
        new ScopedQuery({ text, name, values }, [prelude], scope, (error, result) => {
          if (error === null) {
            resolve(result);
          } else {
            reject(error);
          }
        }) as never,
      );
    });
  }

  /** Of a beginning that fails midway nobody knows how much has happened: the connection is not used again. */
  private async begin(organisationId: string): Promise<QueryResult> {
    try {
      const result = await this.client.query(beginning(organisationId));
      this.transactionScope = organisationId;
      return result;
    } catch (error) {
      this.hasFailedToBegin = true;
      throw error;
    }
  }
}

/** A connection for a request that may read from a copy; the primary gives it one only when it needs it. */
class ReadingClient implements PostgresPoolClient {
  private readonly replica: Replica;
  private readonly connect: () => Promise<ScopedClient>;
  private primary: ScopedClient | undefined;

  constructor(replica: Replica, connect: () => Promise<ScopedClient>) {
    this.replica = replica;
    this.connect = connect;
  }

  query(text: string, values: readonly unknown[]): Promise<QueryResult>;
  query(cursor: never): never;
  async query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    if (this.primary === undefined) {
      if (text === 'begin') {
        // It may write, and read afterwards what it wrote.
        readFromPrimary();
      }
      const result = await this.replica.read(text, values);
      if (result !== undefined) {
        return result;
      }
      this.primary = await this.connect();
    }
    return this.primary.query(text, values);
  }

  release(isBroken?: boolean): void {
    this.primary?.release(isBroken);
  }
}

class ScopedPool implements PostgresPool {
  readonly options: PoolOptions;
  private readonly pool: Pool;
  private readonly names: StatementNames | undefined;
  private readonly onBrokenOff: PostgresSettings['onBrokenOff'];
  private readonly clients = new WeakMap<PoolClient, ScopedClient>();
  private readonly replica: Replica | undefined;

  constructor(
    pool: Pool,
    names: StatementNames | undefined,
    replica: Replica | undefined,
    onBrokenOff: PostgresSettings['onBrokenOff'],
  ) {
    this.pool = pool;
    this.options = pool.options;
    this.names = names;
    this.replica = replica;
    this.onBrokenOff = onBrokenOff;
  }

  connect(): Promise<PostgresPoolClient> {
    return this.replica !== undefined && seenChange() !== undefined
      ? Promise.resolve(new ReadingClient(this.replica, () => this.connectPrimary()))
      : this.connectPrimary();
  }

  async end(): Promise<void> {
    await this.pool.end();
    await this.replica?.end();
  }

  private async connectPrimary(): Promise<ScopedClient> {
    const client = await this.pool.connect();
    let scoped = this.clients.get(client);
    if (scoped === undefined) {
      scoped = new ScopedClient(client, this.names, this.onBrokenOff);
      this.clients.set(client, scoped);
    }
    return scoped;
  }
}

class TwoDialectCompiler extends PostgresQueryCompiler {
  protected override visitRaw(node: RawNode): void {
    super.visitRaw(isTwoDialectNode(node) ? node.postgres : node);
  }

  /** SQLite knows a list of nothing, in which nothing is; PostgreSQL wants it spelled out. */
  protected override visitPrimitiveValueList(node: PrimitiveValueListNode): void {
    if (node.values.length === 0) {
      this.append('(select null where false)');
    } else {
      super.visitPrimitiveValueList(node);
    }
  }
}

class ScopedPostgresDialect extends PostgresDialect {
  override createQueryCompiler(): TwoDialectCompiler {
    return new TwoDialectCompiler();
  }
}

const prepare =
  (preludes: readonly Prelude[]) =>
  async (client: ClientBase): Promise<void> => {
    for (const prelude of preludes) {
      await client.query({ ...prelude, values: [''] });
    }
  };

/** A pool of connections. One that breaks while nobody uses it is replaced, and no reason to end. */
export const openPool = (
  url: string,
  { connections, preparesStatements }: PostgresSettings,
  preludes: readonly Prelude[] = [scopePrelude],
  patience: { connectionTimeoutMillis: number; query_timeout?: number } = { connectionTimeoutMillis: connectingMs },
): Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'zenskar-portal',
    max: connections,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    types,
    ...patience,
    ...(preparesStatements ? { onConnect: prepare(preludes) } : {}),
  });
  pool.on('error', () => undefined);
  // Of a connection in use, whoever waits for an answer is told; between two statements nobody listens.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** A copy that does not answer is given up early: the primary still has to. */
const replicaPatience = { connectionTimeoutMillis: 1_000, query_timeout: 10_000 };

const openReplica = (settings: PostgresSettings, names: StatementNames | undefined): Replica | undefined =>
  settings.readUrl === undefined
    ? undefined
    : new Replica(
        openPool(settings.readUrl, settings, replicaPreludes, replicaPatience),
        names,
        settings.onReplicaGone,
      );

/** Opens the database of a `postgres://` URL; nothing is sent before its first use. */
export const openPostgres = (url: string, settings: PostgresSettings, observer?: DatabaseObserver): Kysely<Tables> => {
  const pool = openPool(url, settings);
  observer?.opened?.(pool);
  const names = settings.preparesStatements ? new StatementNames() : undefined;
  const scoped = new ScopedPool(pool, names, openReplica(settings, names), settings.onBrokenOff);
  return new Kysely<Tables>({ dialect: observed(new ScopedPostgresDialect({ pool: scoped }), observer) });
};
