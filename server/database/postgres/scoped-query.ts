import pg from 'pg';
import type { QueryConfig, QueryResult } from 'pg';

/** What pg's Query and Connection have beyond their types. */
interface Connection {
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: readonly unknown[] }): void;
  execute(portal: Record<never, never>): void;
}

interface DataRow {
  fields: readonly (string | null)[];
}

interface QueryInternals {
  handleDataRow(message: DataRow): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  prepare(connection: Connection): void;
}

const Query = pg.Query as unknown as new (
  config: QueryConfig & { queryMode: 'extended' },
  values: readonly unknown[],
  callback: (error: Error | null, result: QueryResult) => void,
) => QueryInternals;

export interface Statement {
  text: string;
  /** Under which a connection has it prepared, or is to; without one it is parsed each time. */
  name: string | undefined;
  values: readonly unknown[];
}

/** A statement that goes before another one; each connection has it prepared when it has a name. */
export interface Prelude {
  text: string;
  name: string;
}

/** Milliseconds; a statement that takes longer is broken off. */
const longestStatementMs = 30_000;

const organisationText = "select set_config('portal.organisation_id', $1, true)";

const scopeText = `${organisationText}, set_config('statement_timeout', '${longestStatementMs}', true)`;

/** Good until the end of the transaction; a statement outside of one has one of its own. */
export const scopePrelude: Prelude = { name: 'scope', text: scopeText };

/** Within a transaction, whose time limits stay as they are. */
export const changeOfScopePrelude: Prelude = { name: 'change_of_scope', text: organisationText };

/** The same where nothing may be written, whatever database it is. */
export const readingPrelude: Prelude = {
  name: 'reading',
  text: `${scopeText}, set_config('transaction_read_only', 'on', true)`,
};

/** How many changes of an organisation a database has seen. */
export const changesPrelude: Prelude = {
  name: 'changes',
  text: 'select sequence from audit_head where organisation_id = $1',
};

/**
 * A statement that runs in an organisation's scope: it goes to the server with its preludes in one message, before one
 * synchronisation, and all are one transaction to it. Nothing is left behind on the connection, so that a pooler may give
 * the next statement another one.
 */
export class ScopedQuery extends Query {
  /** What the last prelude answered, as text; null where it had no row. */
  answered: string | null = null;
  private readonly preludes: readonly Prelude[];
  private readonly organisationId: string;
  private readonly isPrepared: boolean;
  private done = 0;

  /** @param isPrepared Whether the connection has the preludes prepared. */
  constructor(
    { text, name, values }: Statement,
    preludes: readonly Prelude[],
    { organisationId, isPrepared }: { organisationId: string; isPrepared: boolean },
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    super({ text, queryMode: 'extended', ...(name === undefined ? {} : { name }) }, values, callback);
    this.preludes = preludes;
    this.organisationId = organisationId;
    this.isPrepared = isPrepared;
  }

  override prepare(connection: Connection): void {
    for (const { name, text } of this.preludes) {
      const statement = this.isPrepared ? name : '';
      if (!this.isPrepared) {
        connection.parse({ name: statement, text });
      }
      connection.bind({ statement, values: [this.organisationId] });
      connection.execute({});
    }
    super.prepare(connection);
  }

  override handleDataRow(message: DataRow): void {
    if (this.done === this.preludes.length) {
      super.handleDataRow(message);
    } else {
      this.answered = message.fields[0] ?? null;
    }
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.done === this.preludes.length) {
      super.handleCommandComplete(message, connection);
    } else {
      this.done += 1;
      if (this.done < this.preludes.length) {
        this.answered = null;
      }
    }
  }
}
