import type { Pool, PoolClient, QueryResult } from 'pg';
import { currentOrganisation, readFromPrimary, readNoEarlier, seenChange } from '../organisation-context.ts';
import { changesPrelude, readingPrelude, ScopedQuery } from './scoped-query.ts';
import type { Prelude } from './scoped-query.ts';
import type { StatementNames } from './statement-names.ts';

/** What each connection to a replica has prepared. */
export const replicaPreludes: readonly Prelude[] = [readingPrelude, changesPrelude];

const restingMs = 5_000;

/**
 * A copy of the database that follows it, as PostgreSQL's hot standbys do, and answers what a request reads when it has
 * every change that the request has seen. Where it has not, or fails, the primary is asked instead.
 */
export class Replica {
  private readonly pool: Pool;
  private readonly names: StatementNames | undefined;
  private readonly onGone: ((error: unknown) => void) | undefined;
  /** On the clock of `performance`. */
  private restsUntil = 0;

  constructor(pool: Pool, names: StatementNames | undefined, onGone: ((error: unknown) => void) | undefined) {
    this.pool = pool;
    this.names = names;
    this.onGone = onGone;
  }

  /** The rows, or undefined when the primary has to be asked, from now on for the rest of the request. */
  async read(text: string, values: readonly unknown[]): Promise<QueryResult | undefined> {
    const change = seenChange();
    if (change === undefined || performance.now() < this.restsUntil) {
      return undefined;
    }
    const result = await this.tryRead(text, values, change);
    if (result === undefined) {
      readFromPrimary();
    }
    return result;
  }

  end(): Promise<void> {
    return this.pool.end();
  }

  private async tryRead(text: string, values: readonly unknown[], change: number): Promise<QueryResult | undefined> {
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const { result, reached } = await this.ask(client, text, values);
      client.release();
      if (reached === null || reached < change) {
        return undefined;
      }
      readNoEarlier(reached);
      return result;
    } catch (error) {
      // What the server refuses, the primary may do; without an answer of the server the connection is broken.
      const isRefused =
        client !== undefined && error instanceof Error && 'severity' in error && error.severity === 'ERROR';
      client?.release(!isRefused);
      if (!isRefused) {
        this.restsUntil = performance.now() + restingMs;
        this.onGone?.(error);
      }
      return undefined;
    }
  }

  /** The rows, and how many changes the copy had when they were read, or more; null where it has no organisation yet. */
  private ask(
    client: PoolClient,
    text: string,
    values: readonly unknown[],
  ): Promise<{ result: QueryResult; reached: number | null }> {
    return new Promise((resolve, reject) => {
      const query: ScopedQuery = new ScopedQuery(
        { text, name: this.names?.of(text), values },
        replicaPreludes,
        { organisationId: currentOrganisation(), isPrepared: this.names !== undefined },
        (error, result) => {
          if (error === null) {
            resolve({ result, reached: query.answered === null ? null : Number(query.answered) });
          } else {
            reject(error);
          }
        },
      );
      client.query(query as never);
    });
  }
}
