import { Kysely, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import type { PostgresPool, PostgresPoolClient, PrimitiveValueListNode, RawNode } from 'kysely';
import pg from 'pg';
import type { ClientBase, CustomTypesConfig, Pool, PoolClient, PoolOptions, QueryResult } from 'pg';
import { isTwoDialectNode } from '../dialect.ts';
import { observed } from '../observed-dialect.ts';
import type { DatabaseObserver } from '../observed-dialect.ts';
import { currentOrganisation } from '../organisation-context.ts';
import type { Tables } from '../tables.ts';
import { ScopedQuery, scopeName, scopeText } from './scoped-query.ts';

/** How a process uses PostgreSQL. */
export interface PostgresSettings {
  /** Connections at most. */
  connections: number;
  /** Off where a pooler of transactions in between knows nothing of prepared statements. */
  preparesStatements: boolean;
}

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

/** Each statement is given a name, and so is parsed and planned once a connection, when it comes for the third time. */
class StatementNames {
  private readonly uses = new Map<string, number | string>();
  private named = 0;

  of(text: string): string | undefined {
    const known = this.uses.get(text) ?? 0;
    if (typeof known === 'string') {
      return known;
    }
    if (this.named === mostNames) {
      return undefined;
    }
    if (this.uses.size > mostCounted) {
      this.forgetCounts();
    }
    if (known < usesBeforeName) {
      this.uses.set(text, known + 1);
      return undefined;
    }
    this.named += 1;
    const name = `s${this.named}`;
    this.uses.set(text, name);
    return name;
  }

  private forgetCounts(): void {
    for (const [text, use] of this.uses) {
      if (typeof use === 'number') {
        this.uses.delete(text);
      }
    }
  }
}

const usesBeforeName = 2;
const mostNames = 500;
const mostCounted = 2_000;

/** A transaction that is left open, by a process that hangs for example, is broken off: it holds its locks. */
const beginning = (organisationId: string): string =>
  [
    'begin',
    "set local statement_timeout = '30s'",
    "set local lock_timeout = '2s'",
    "set local idle_in_transaction_session_timeout = '15s'",
    `select set_config('portal.organisation_id', ${pg.escapeLiteral(organisationId)}, true)`,
  ].join('; ');

/** One connection, as Kysely uses it: each statement in the scope of the organisation whose work it is. */
class ScopedClient implements PostgresPoolClient {
  private readonly client: PoolClient;
  private readonly names: StatementNames | undefined;
  /** The scope that the transaction under way has; undefined outside of one. */
  private transactionScope: string | undefined;

  constructor(client: PoolClient, names: StatementNames | undefined) {
    this.client = client;
    this.names = names;
  }

  query(text: string, values: readonly unknown[]): Promise<QueryResult>;
  query(cursor: never): never;
  query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    const organisationId = currentOrganisation();
    if (text === 'begin') {
      this.transactionScope = organisationId;
      return this.client.query(beginning(organisationId));
    }
    if (text === 'commit' || text === 'rollback') {
      this.transactionScope = undefined;
      return this.client.query(text);
    }
    const name = this.names?.of(text);
    if (this.transactionScope === organisationId) {
      return this.client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
    }
    if (this.transactionScope !== undefined) {
      this.transactionScope = organisationId;
    }
    const scope = { name: this.names === undefined ? '' : scopeName, organisationId };
    return new Promise((resolve, reject) => {
      this.client.query(
        new ScopedQuery({ text, name, values }, scope, (error, result) => {
          if (error === null) {
            resolve(result);
          } else {
            reject(error);
          }
        }) as never,
      );
    });
  }

  release(isBroken?: boolean): void {
    this.client.release(isBroken);
  }
}

class ScopedPool implements PostgresPool {
  readonly options: PoolOptions;
  private readonly pool: Pool;
  private readonly names: StatementNames | undefined;
  private readonly clients = new WeakMap<PoolClient, ScopedClient>();

  constructor(pool: Pool, preparesStatements: boolean) {
    this.pool = pool;
    this.options = pool.options;
    this.names = preparesStatements ? new StatementNames() : undefined;
  }

  async connect(): Promise<ScopedClient> {
    const client = await this.pool.connect();
    let scoped = this.clients.get(client);
    if (scoped === undefined) {
      scoped = new ScopedClient(client, this.names);
      this.clients.set(client, scoped);
    }
    return scoped;
  }

  end(): Promise<void> {
    return this.pool.end();
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

/** A pool of connections. One that breaks while nobody uses it is replaced, and no reason to end. */
export const openPool = (url: string, { connections, preparesStatements }: PostgresSettings): Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'zenskar-portal',
    max: connections,
    connectionTimeoutMillis: connectingMs,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    types,
    ...(preparesStatements
      ? { onConnect: (client: ClientBase) => client.query({ name: scopeName, text: scopeText, values: [''] }) }
      : {}),
  });
  pool.on('error', () => undefined);
  // Of a connection in use, whoever waits for an answer is told; between two statements nobody listens.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Opens the database of a `postgres://` URL; nothing is sent before its first use. */
export const openPostgres = (url: string, settings: PostgresSettings, observer?: DatabaseObserver): Kysely<Tables> => {
  const pool = openPool(url, settings);
  observer?.opened?.(pool);
  const dialect = new ScopedPostgresDialect({ pool: new ScopedPool(pool, settings.preparesStatements) });
  return new Kysely<Tables>({ dialect: observed(dialect, observer) });
};
