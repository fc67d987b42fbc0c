import { migrationByDialect } from './statements.ts';

/** Nobody misses these counts after a crash, so none of them waits for a disk. SQLite has them in a file of their own. */
export const requestLeases = migrationByDialect({
  sqlite: [],
  postgres: [
    'create unlogged table request_lease (name text collate "C" primary key, taken bigint not null, granted bigint not null, ends_at bigint not null)',
  ],
});
