import bidiFactory from 'bidi-js';
import type { Bidi } from 'bidi-js';
import { rightToLeftMark } from './typeface.ts';
import type { Typeface } from './typeface.ts';
import { families, replacement } from './typefaces.ts';
import type { Weight } from './typefaces.ts';

/** Characters of one typeface and one direction, drawn in one go. */
export interface Run {
  typeface: Typeface;
  /** In logical order; beginning with `rightToLeftMark` when it is drawn from right to left. */
  text: string;
  /** What it says, where its glyphs do not tell; undefined where they do. */
  actualText: string | undefined;
  /** Points at size 1. */
  width: number;
}

/** Each UTF-16 unit's embedding level by the bidirectional algorithm; odd ones run from right to left. */
export interface Levels {
  ofUnit: ArrayLike<number>;
  isRightToLeft: boolean;
}

/** Its types describe an ES module, but Node loads the package's CommonJS one. */
const bidi = (bidiFactory as unknown as () => Bidi)();

const hasRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\u200f\u202b\u202e\u2067]/u;
/** Scripts whose glyphs stand in another order than their characters, or for several of them. */
const reordered = /[\p{M}\p{Script=Devanagari}\p{Script=Thai}]/u;
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]/;

const leftToRight = (length: number): Levels => ({ ofUnit: new Uint8Array(length), isRightToLeft: false });

/** Of a whole paragraph, before it is broken into lines. */
export const levelsOf = (paragraph: string): Levels => {
  if (!hasRightToLeft.test(paragraph)) {
    return leftToRight(paragraph.length);
  }
  const { levels, paragraphs } = bidi.getEmbeddingLevels(paragraph);
  return { ofUnit: levels, isRightToLeft: (paragraphs[0]?.level ?? 0) % 2 === 1 };
};

interface Stretch {
  kind: 'text' | 'mirrored' | 'missing';
  typeface: Typeface;
  level: number;
  /** What is drawn. */
  text: string;
  /** What it says. */
  logical: string;
}

const isRightToLeft = (level: number): boolean => level % 2 === 1;

/** Neighbours of one typeface and level, in logical order. */
const stretchesOf = (text: string, weight: Weight, { ofUnit }: Levels, offset: number): Stretch[] => {
  const family = families[weight];
  const typefaces = family.typefacesOf(text);
  const stretches: Stretch[] = [];
  let unit = offset;
  for (const [index, character] of Array.from(text).entries()) {
    const level = ofUnit[unit] ?? 0;
    unit += character.length;
    if (invisible.test(character)) {
      continue;
    }
    const found = typefaces[index];
    const mirrored = isRightToLeft(level) ? bidi.getMirroredCharacter(character) : null;
    const kind = found === undefined ? 'missing' : mirrored === null ? 'text' : 'mirrored';
    const typeface = found ?? family.base;
    const last = stretches.at(-1);
    if (last?.kind === kind && last.level === level && last.typeface === typeface) {
      last.logical += character;
      last.text += kind === 'missing' ? '' : (mirrored ?? character);
    } else {
      const drawn = kind === 'missing' ? replacement : (mirrored ?? character);
      stretches.push({ kind, typeface, level, text: drawn, logical: character });
    }
  }
  return stretches;
};

/** Rule L2 of the bidirectional algorithm, on stretches instead of characters. */
const inVisualOrder = (stretches: Stretch[]): Stretch[] => {
  const ordered = [...stretches];
  const highest = Math.max(0, ...stretches.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) {
        end += 1;
      }
      if (end > start) {
        ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
        start = end;
      }
    }
  }
  return ordered;
};

/** What to draw for a line, from left to right. `offset` is where the line begins in the paragraph of the levels. */
export const visualRuns = (text: string, weight: Weight, levels: Levels, offset = 0): Run[] =>
  inVisualOrder(stretchesOf(text, weight, levels, offset)).map(({ kind, typeface, level, text: drawn, logical }) => {
    const run = isRightToLeft(level) ? rightToLeftMark + drawn : drawn;
    const isTold = kind === 'text' && (isRightToLeft(level) || !reordered.test(logical));
    return { typeface, text: run, actualText: isTold ? undefined : logical, width: typeface.measure(run) };
  });
