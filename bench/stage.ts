import type { Load } from './load/load.ts';
import type { Server } from './processes.ts';
import type { PostgresCluster } from './datasets/postgres-cluster.ts';
import type { Result } from './result.ts';

/** What a row is given to measure with. */
export interface Stage {
  rounds: number;
  roundMs: number;
  warmUpMs: number;
  /** With the data sets that take long to make. */
  isLarge: boolean;
  /** Only to see that the row runs. */
  isQuick: boolean;
  load: Load;
  /** Node's flags for our server beside those of `npm start`. */
  portalFlags: readonly string[];
  /** Takes a profile of our server at this work. */
  profile?: (server: Server, work: () => Promise<unknown>) => Promise<void>;
  /** The PostgreSQL of this run; started when first asked for. */
  postgres(): Promise<PostgresCluster>;
  /** Ends with the row what it has started. */
  defer(end: () => unknown): void;
  progress(text: string): void;
}

/** A measurement that can be asked for by its name. */
export interface Row {
  name: string;
  about: string;
  run(stage: Stage): Promise<Omit<Result, 'row'>[]>;
}
