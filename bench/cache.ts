import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Data sets, logs and results: what can be made again. */
export const cacheFolder = fileURLToPath(new URL('../.cache/bench/', import.meta.url));

mkdirSync(cacheFolder, { recursive: true });
