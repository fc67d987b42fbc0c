import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const migrations = new URL('../../server/database/migrations/', import.meta.url);
const filling = new URL('fill.ts', import.meta.url);

/**
 * Names what data sets are made of: the migrations, and what fills them. A data set that was made of something else is made
 * anew, rather than brought up to date or refused.
 */
export const stamp = ((): string => {
  const hash = createHash('sha256');
  for (const file of [...readdirSync(migrations).map((name) => new URL(name, migrations)), filling]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 8);
})();
