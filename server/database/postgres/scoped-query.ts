import pg from 'pg';
import type { QueryConfig, QueryResult } from 'pg';

/** What pg's Query and Connection have beyond their types. */
interface Connection {
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: readonly unknown[] }): void;
  execute(portal: Record<never, never>): void;
}

interface QueryInternals {
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  prepare(connection: Connection): void;
}

const Query = pg.Query as unknown as new (
  config: QueryConfig & { queryMode: 'extended' },
  values: readonly unknown[],
  callback: (error: Error | null, result: QueryResult) => void,
) => QueryInternals;

/** Milliseconds; a statement that takes longer is broken off. */
const longestStatementMs = 30_000;

/** Good until the end of the transaction; a statement outside of one has one of its own. */
export const scopeText = `select set_config('portal.organisation_id', $1, true), set_config('statement_timeout', '${longestStatementMs}', true)`;

/** The name under which each connection has {@link scopeText} prepared. */
export const scopeName = 'scope';

/**
 * A statement that runs in an organisation's scope: both go to the server in one message, between one pair of
 * synchronisations, and are one transaction to it. Nothing is left behind on the connection, so that a pooler may give the
 * next statement another one.
 */
export class ScopedQuery extends Query {
  private readonly scope: { name: string; organisationId: string };
  private isInScope = false;

  constructor(
    statement: { text: string; name: string | undefined; values: readonly unknown[] },
    scope: { name: string; organisationId: string },
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    const { text, name, values } = statement;
    super({ text, queryMode: 'extended', ...(name === undefined ? {} : { name }) }, values, callback);
    this.scope = scope;
  }

  override prepare(connection: Connection): void {
    const { name, organisationId } = this.scope;
    if (name === '') {
      connection.parse({ name, text: scopeText });
    }
    connection.bind({ statement: name, values: [organisationId] });
    connection.execute({});
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.isInScope) {
      super.handleDataRow(message);
    }
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isInScope) {
      super.handleCommandComplete(message, connection);
    }
    this.isInScope = true;
  }
}
