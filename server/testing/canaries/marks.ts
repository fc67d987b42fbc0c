import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** Whom a mark belongs to: an organisation (`A`), its staff alone (`A staff`), or one of its customers (`A1`). */
export type Owner = string;

export interface Mark {
  owner: Owner;
  /** Where it is planted, for example `invoice.notes`. */
  place: string;
  value: string;
}

/** No mark has these inside, so that one is found wherever it begins. */
const prefix = 'zq';
const letters = 'abcdefghijklmnoprstuvwxy0123456789';
const letterCount = 14;

/** What every text mark contains. */
export const everyMark = prefix;

const wordPattern = new RegExp(`${prefix}[${letters}]{${letterCount}}`, 'g');
const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const numberPattern = /\d[\d,]*(?:\.\d+)?/g;

/** Unique marks: words, ids and amounts that stand nowhere else in the world, and secrets of any form. */
export class Marks {
  private readonly known = new Map<string, Mark>();
  private readonly secrets: Mark[] = [];

  private add(mark: Mark): string {
    this.known.set(mark.value, mark);
    return mark.value;
  }

  /** A word of 16 small letters and digits. */
  word(owner: Owner, place: string): string {
    const body = Array.from({ length: letterCount }, () => letters[randomInt(letters.length)]).join('');
    return this.add({ owner, place, value: `${prefix}${body}` });
  }

  id(owner: Owner, place: string): string {
    return this.add({ owner, place, value: uuidv7() });
  }

  /** Minor units, of nine digits. */
  amount(owner: Owner, place: string): number {
    return Number(this.add({ owner, place, value: String(randomInt(100_000_000, 999_999_999)) }));
  }

  /** Something unique that was made elsewhere; the first owner of an id stays its owner. */
  learn(mark: Mark): void {
    if (this.known.has(mark.value)) {
      return;
    }
    if (new RegExp(`^${idPattern.source}$`).test(mark.value)) {
      this.add(mark);
    } else if (!this.secrets.some(({ value }) => value === mark.value)) {
      this.secrets.push(mark);
    }
  }

  get count(): number {
    return this.known.size + this.secrets.length;
  }

  /** The words of some owners, for searching. */
  words(isTheirs: (owner: Owner) => boolean): string[] {
    return [...this.known.values()]
      .filter(({ owner, value }) => value.startsWith(prefix) && isTheirs(owner))
      .map(({ value }) => value);
  }

  /** Every mark in a text, however amounts are spelled. */
  find(text: string): Mark[] {
    const small = text.toLowerCase();
    const candidates = [
      ...(small.match(wordPattern) ?? []),
      ...(small.match(idPattern) ?? []),
      ...(small.match(numberPattern) ?? []).map((number) => number.replaceAll(/[,.]/g, '')),
    ];
    const marks = [...new Set(candidates)].flatMap((value) => this.known.get(value) ?? []);
    return [...marks, ...this.secrets.filter(({ value }) => text.includes(value))];
  }
}
