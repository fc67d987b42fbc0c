import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A second run beside another one takes ports of its own, eight from this one on. */
export const firstPort = Number(process.env['E2E_PORT'] ?? 4100);

/** What belongs to the run as a whole: the folder's path ends with a slash. */
export const runFolder = `${root}.cache/e2e-${firstPort}/`;

/** Each worker has a demo of its own, so that none sees what another one's tests do to theirs. */
export const workers = 2;

export interface Place {
  apiPort: number;
  demoPort: number;
  /** For websites of the tests themselves. */
  sparePort: number;
  /** The path ends with a slash. */
  dataFolder: string;
}

export const placeOf = (worker: number): Place => {
  const apiPort = firstPort + 4 * worker;
  return { apiPort, demoPort: apiPort + 1, sparePort: apiPort + 2, dataFolder: `${runFolder}${apiPort}/` };
};

export const places = Array.from({ length: workers }, (_, worker) => placeOf(worker));

/** The file in a data folder that says which database the demo is on. */
export const databaseUrlFile = 'database-url';
