import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Another process that holds the write lock of a database. */
export interface LockHolder {
  /** Lets go, having changed nothing. */
  release(): Promise<void>;
}

const code = `
import BetterSqlite from 'better-sqlite3';
const [file, mode] = process.argv.slice(1);
const sqlite = new BetterSqlite(file);
sqlite.exec('begin ' + mode);
process.stdout.write('locked');
process.stdin.resume().once('end', () => {
  sqlite.exec('rollback');
  sqlite.close();
});
`;

export const holdLock = async (file: string, mode: 'immediate' | 'exclusive'): Promise<LockHolder> => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, file, mode], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    release: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
