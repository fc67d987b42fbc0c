import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { systemClock } from '../clock.ts';
import { withDatabase } from '../command-line/command-line.ts';
import { seedDemo } from '../demo/demo.service.ts';
import type { SeededDemo } from '../demo/demo.service.ts';
import { runPortal } from './command-line.ts';
import type { Finished } from './command-line.ts';
import { merchantOrigin } from './test-server.ts';

/** A folder with the demo's SQLite database, of which each test moves a copy. */
export interface MoveStage {
  demo: SeededDemo;
  /** Another copy. */
  copyDemo(): Promise<string>;
  remove(): Promise<void>;
}

export const makeMoveStage = async (): Promise<MoveStage> => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-move-'));
  const original = join(folder, 'demo.sqlite');
  const demo = await withDatabase(`sqlite:${original}`, (db) => seedDemo(db, systemClock, merchantOrigin));
  let copies = 0;
  return {
    demo,
    copyDemo: async () => {
      copies += 1;
      const copy = join(folder, `copy-${copies}.sqlite`);
      await copyFile(original, copy);
      return copy;
    },
    remove: () => rm(folder, { recursive: true }),
  };
};

export const changeFile = (file: string, change: (sqlite: BetterSqlite.Database) => void): void => {
  const sqlite = new BetterSqlite(file);
  try {
    change(sqlite);
  } finally {
    sqlite.close();
  }
};

export const moveData = (from: string, to: string, ...words: string[]): Promise<Finished> =>
  runPortal(['migrate-data', '--from', from, '--to', to, '--json', ...words]);

/** The code and the one line of a failure. */
export const failureOf = ({ code, stdout, stderr }: Finished): { code: string; line: string } => {
  if (code !== 1) {
    throw new Error(`It ended with ${code}: ${stdout}${stderr}`);
  }
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  return { code: (JSON.parse(stdout) as { error: { code: string } }).error.code, line };
};
