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
