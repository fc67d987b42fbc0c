import type { KyselyPlugin } from 'kysely';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';

// A process of its own: migrates the database of the first argument and dies, by SIGKILL, behind the statement whose
// number is the second. Prints how many statements there were when it lives.

const [url = '', last = ''] = process.argv.slice(2);
let count = 0;

const mortality: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: ({ result }) => {
    count += 1;
    if (count === Number(last)) {
      process.kill(process.pid, 'SIGKILL');
    }
    return Promise.resolve(result);
  },
};

const db = openDatabase(url);
await migrate(db.withPlugin(mortality));
await db.destroy();
process.stdout.write(String(count));
