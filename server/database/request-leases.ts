import { closeSync, openSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import type { Pool } from 'pg';
import type { Counters } from './open.ts';

/** Requests of one caller that one process may let pass without asking again. */
export interface Lease {
  granted: number;
  /** Milliseconds; what has not been used until then is void. Where nothing was granted, nobody gets any before. */
  endsAt: number;
}

/** Hands out what all processes together may let pass. */
export interface Lessor {
  lease(name: string, allowance: number, nowMs: number): Lease | Promise<Lease>;
  /** Forgets the counts whose time is over. */
  forget(nowMs: number): void | Promise<void>;
  close(): void;
}

const minuteMs = 60_000;

/** The clocks of processes on several machines differ by less; an end that is further away was set by a clock that was wrong. */
const leastSetBackMs = 30_000;

/** Whether a minute that ends then is not the present one. */
export const isLeaseOver = (endsAt: number, nowMs: number): boolean =>
  endsAt <= nowMs || endsAt > nowMs + minuteMs + leastSetBackMs;

/**
 * A twentieth of what is left, at least one: few questions while there is plenty, and hardly anything lies idle with one
 * process while another has to refuse. The first question of a minute begins it; a clock that was set back far begins another.
 */
const statement = (parameter: (position: number) => string): string => {
  const table = 'request_lease';
  const [name, allowance, now, ends] = [1, 2, 3, 4].map(
    (position) => `cast(${parameter(position)} as ${position === 1 ? 'text' : 'bigint'})`,
  );
  const isOver = `(${table}.ends_at <= ${now} or ${table}.ends_at > ${ends} + ${leastSetBackMs})`;
  const taken = `case when ${isOver} then 0 else ${table}.taken end`;
  const share = (used: string): string =>
    `(case when ${used} >= ${allowance} then 0 else (${allowance} - ${used} + 19) / 20 end)`;
  return `insert into ${table} (name, taken, granted, ends_at) values (${name}, ${share('0')}, ${share('0')}, ${ends})
    on conflict (name) do update set
      taken = (${taken}) + ${share(`(${taken})`)},
      granted = ${share(`(${taken})`)},
      ends_at = case when ${isOver} then excluded.ends_at else ${table}.ends_at end
    returning granted, ends_at as "endsAt"`;
};

const forgetting = (parameter: string): string => `delete from request_lease where ends_at < ${parameter}`;

const parametersOf = (name: string, allowance: number, nowMs: number) => [name, allowance, nowMs, nowMs + minuteMs];

const named = (parameters: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(parameters.map((value, index) => [`p${index + 1}`, value]));

const only = (rows: readonly Lease[]): Lease => {
  const [lease] = rows;
  if (lease === undefined) {
    throw new Error('A count was neither made nor changed');
  }
  return lease;
};

const ownerOnly = 0o600;

const openSqlite = (file: string) => {
  closeSync(openSync(file, 'a', ownerOnly));
  const sqlite = new BetterSqlite(file);
  sqlite.pragma('journal_mode = wal');
  // A power cut may lose counts, and nothing else.
  sqlite.pragma('synchronous = normal');
  sqlite.pragma('busy_timeout = 250');
  sqlite.exec(
    'create table if not exists request_lease (name text primary key, taken integer not null, granted integer not null, ends_at integer not null) strict, without rowid',
  );
  return {
    lease: sqlite.prepare<[Record<string, unknown>], Lease>(statement((position) => `@p${position}`)),
    forget: sqlite.prepare(forgetting('?')),
    close: () => sqlite.close(),
  };
};

/**
 * For all processes on one SQLite database: in a file beside it, whose lock nobody holds for longer than a count. It is
 * made when somebody is counted first.
 */
const sqliteLessor = (databaseFile: string): Lessor => {
  let opened: ReturnType<typeof openSqlite> | undefined;
  return {
    lease: (name, allowance, nowMs) => {
      opened ??= openSqlite(`${databaseFile}-limits`);
      return only(opened.lease.all(named(parametersOf(name, allowance, nowMs))));
    },
    forget: (nowMs) => {
      opened?.forget.run(nowMs);
    },
    close: () => {
      opened?.close();
    },
  };
};

/** For all processes on one PostgreSQL database. */
const postgresLessor = (pool: Pool): Lessor => {
  const text = statement((position) => `$${position}`);
  return {
    lease: async (name, allowance, nowMs) =>
      only((await pool.query<Lease>(text, parametersOf(name, allowance, nowMs))).rows),
    forget: async (nowMs) => {
      await pool.query(forgetting('$1'), [nowMs]);
    },
    close: () => undefined,
  };
};

/** The counters of PostgreSQL are the caller's to close. */
export const openLessor = (databaseUrl: string, counters: Counters): Lessor =>
  counters instanceof BetterSqlite ? sqliteLessor(databaseUrl.replace(/^sqlite:/, '')) : postgresLessor(counters);
