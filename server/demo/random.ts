import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** The same numbers for the same seed text, on every machine (mulberry32 behind SHA-256). */
export class Random {
  private state: number;

  constructor(seed: string) {
    this.state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.int(0, items.length - 1)] ?? items[0];
  }
}

/** A UUIDv7 that is the same for the same moment and key. */
export const seedId = (at: string, key: string): string =>
  uuidv7({ msecs: Date.parse(at), random: createHash('sha256').update(key).digest().subarray(0, 16) });
