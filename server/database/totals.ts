import { hash } from 'node:crypto';
import type { CompiledQuery } from 'kysely';

const rememberedTotals = 10_000;

interface Total {
  version: string;
  total: number;
}

const known = new Map<string, Total>();

/**
 * How many rows a list has, which takes as long to count as a page to read, or, of a large merchant's, a thousand times as
 * long. Remembered until something changes: a version is made of hashes of the audit's entries, and so never comes again.
 */
export const knownTotal = (list: string, version: string): number | undefined => {
  const found = known.get(list);
  return found?.version === version ? found.total : undefined;
};

export const keepTotal = (list: string, version: string, total: number): void => {
  if (known.size >= rememberedTotals) {
    known.clear();
  }
  known.set(list, { version, total });
};

/** Names a list by the query that counts it. */
export const nameOfCount = ({ sql, parameters }: CompiledQuery): string =>
  hash('sha256', JSON.stringify([sql, parameters]), 'base64url');
