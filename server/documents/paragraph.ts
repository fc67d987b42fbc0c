import type { Weight } from './typefaces.ts';
import { levelsOf, visualRuns } from './visual-runs.ts';
import type { Levels, Run } from './visual-runs.ts';

/** One line of text, ready to draw. */
export interface Line {
  /** As it is read. */
  text: string;
  runs: Run[];
  /** Points at size 1. */
  width: number;
  isRightToLeft: boolean;
}

const spaces = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const controls = /[^\P{Cc}\n]/gu;
const breakPoints = /(?<=[ \u2013\u2014/]|[^\s-]-)(?=\S)/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u;
const notFirst = /^[\p{Pe}\p{Pf}、。，．・：；？！ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥％]/u;
const notLast = /[\p{Ps}\p{Pi}]$/u;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const lineOf = (text: string, weight: Weight, levels: Levels, offset = 0): Line => {
  const runs = visualRuns(text, weight, levels, offset);
  const width = runs.reduce((sum, run) => sum + run.width, 0);
  return { text, runs, width, isRightToLeft: levels.isRightToLeft };
};

/** Where writing has no spaces, a line may end behind each word, but not before what must not begin one. */
const splitUnspaced = (piece: string): string[] => {
  const parts: string[] = [];
  for (const { segment } of words.segment(piece)) {
    const last = parts.at(-1);
    const mayBreak =
      last !== undefined &&
      (unspaced.test(last.slice(-1)) || unspaced.test(segment.slice(0, 1))) &&
      !notFirst.test(segment) &&
      !notLast.test(last) &&
      segment.trim() !== '';
    if (last === undefined || mayBreak) {
      parts.push(segment);
    } else {
      parts[parts.length - 1] = last + segment;
    }
  }
  return parts;
};

const piecesOf = (paragraph: string): string[] =>
  paragraph.split(breakPoints).flatMap((piece) => (unspaced.test(piece) ? splitUnspaced(piece) : piece));

const breakLines = (paragraph: string, weight: Weight, maxWidth: number, levels: Levels): Line[] => {
  const lines: Line[] = [];
  const widthOf = (text: string): number => lineOf(text, weight, levelsOf(text)).width;
  let start = 0;
  let end = 0;
  let width = 0;
  const finish = (): void => {
    lines.push(lineOf(paragraph.slice(start, end).trimEnd(), weight, levels, start));
    start = end;
    width = 0;
  };
  const place = (piece: string, pieceWidth: number): void => {
    if (end > start && width + pieceWidth > maxWidth) {
      finish();
    }
    end += piece.length;
    width += widthOf(piece);
  };
  for (const piece of piecesOf(paragraph)) {
    const pieceWidth = widthOf(piece.trimEnd());
    if (pieceWidth <= maxWidth) {
      place(piece, pieceWidth);
      continue;
    }
    for (const { segment } of graphemes.segment(piece)) {
      place(segment, widthOf(segment));
    }
  }
  finish();
  return lines;
};

/** One line, however long. Control characters are left out. */
export const layoutLine = (text: string, weight: Weight): Line => {
  const clean = text
    .normalize('NFC')
    .replace(spaces, ' ')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return lineOf(clean, weight, levelsOf(clean));
};

/**
 * Breaks text into lines no wider than `maxWidth` (points at size 1): at its own line breaks, spaces and hyphens, between
 * the words of scripts without spaces, and inside a word that is too long for a line.
 */
export const layoutParagraphs = (text: string, weight: Weight, maxWidth: number): Line[] =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(spaces, ' ')
    .replace(controls, '')
    .trim()
    .split('\n')
    .flatMap((paragraph) => {
      const levels = levelsOf(paragraph);
      const whole = lineOf(paragraph.trimEnd(), weight, levels);
      return whole.width <= maxWidth ? whole : breakLines(paragraph, weight, maxWidth, levels);
    });
