import { randomFillSync, randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** The only source of time. Tests give one that stands still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A moment as it is stored and sent: UTC, milliseconds, `Z`. */
export const timestamp = (epochMs: number): string => new Date(epochMs).toISOString();

/** A new UUIDv7: ids sort by the time they were made. */
export const newId = (clock: Clock): string => uuidv7({ msecs: clock.now() });

/**
 * Makes the ids of many rows that are written at once. Each sorts behind the one before, so that their index entries
 * are appended side by side: scattered ones cost several times as much.
 */
export const idSequence = (clock: Clock): (() => string) => {
  const msecs = clock.now();
  const pool = new Uint8Array(4096);
  let place = pool.length;
  let seq = randomInt(2 ** 31);
  return () => {
    if (place === pool.length) {
      randomFillSync(pool);
      place = 0;
    }
    const random = pool.subarray(place, place + 16);
    place += 16;
    seq += 1;
    return uuidv7({ msecs, seq, random });
  };
};
