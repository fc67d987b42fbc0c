import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

/** First character of a run that is drawn from right to left; every other run is drawn from left to right. */
export const rightToLeftMark = '\u200f';

const mostShapes = 5_000;

/** Words and single figures: figures stand under each other when none is moved towards its neighbour. */
const parts = /(?<= )|(?<=[\d.,])(?=[\d.,])/;

/** A glyph to draw. Lengths are points at size 1000. */
export interface ShapedGlyph {
  id: number;
  /** The text that it stands for; none when a glyph beside it stands for all. */
  codePoints: number[];
  /** Its own width, and how far the next one is. */
  width: number;
  advance: number;
  xOffset: number;
  yOffset: number;
}

/**
 * A font that does not remember of a glyph the first text that it stood for: shared glyphs, such as those of a space and
 * of one that does not break, would stand for that text ever after.
 */
const withoutMemory = (font: Font): Font =>
  Object.create(font, {
    getGlyph: {
      value: (id: number, codePoints: number[] = []) =>
        Object.create(font.getGlyph(id), { codePoints: { value: codePoints } }) as unknown,
    },
  }) as Font;

/** One font file, read when first asked for and kept, with the texts that were shaped by it. */
export class Typeface {
  /** Unique; the font's name in a PDF. */
  readonly name: string;
  private font: Font | undefined;
  private readonly shapes = new Map<string, readonly ShapedGlyph[]>();
  private readonly widths = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  has(codePoint: number): boolean {
    return this.open().hasGlyphForCodePoint(codePoint);
  }

  /** Width of a run in points at size 1. */
  measure(run: string): number {
    const known = this.widths.get(run);
    if (known !== undefined) {
      return known;
    }
    const width = this.shape(run).reduce((sum, { advance }) => sum + advance, 0) / 1000;
    if (this.widths.size >= mostShapes) {
      this.widths.clear();
    }
    this.widths.set(run, width);
    return width;
  }

  /** The glyphs of a run from left to right. */
  shape(run: string): readonly ShapedGlyph[] {
    if (run.startsWith(rightToLeftMark)) {
      return this.shapePart(run);
    }
    return run.split(parts).flatMap((part) => this.shapePart(part));
  }

  /** The font as pdfkit's `registerFont` takes it. */
  source(): Font {
    return Object.create(this.open(), { postscriptName: { value: this.name } }) as Font;
  }

  private shapePart(part: string): readonly ShapedGlyph[] {
    const known = this.shapes.get(part);
    if (known !== undefined) {
      return known;
    }
    const font = this.open();
    const scale = 1000 / font.unitsPerEm;
    const isRightToLeft = part.startsWith(rightToLeftMark);
    const text = isRightToLeft ? part.slice(rightToLeftMark.length) : part;
    const { glyphs, positions } = font.layout(text, undefined, undefined, undefined, isRightToLeft ? 'rtl' : 'ltr');
    const shape = glyphs.map(({ id, codePoints, advanceWidth }, index) => ({
      id,
      codePoints,
      width: advanceWidth * scale,
      advance: (positions[index]?.xAdvance ?? 0) * scale,
      xOffset: (positions[index]?.xOffset ?? 0) * scale,
      yOffset: (positions[index]?.yOffset ?? 0) * scale,
    }));
    if (this.shapes.size >= mostShapes) {
      this.shapes.clear();
    }
    this.shapes.set(part, shape);
    return shape;
  }

  private open(): Font {
    this.font ??= withoutMemory(
      create(brotliDecompressSync(readFileSync(new URL(`./fonts/${this.name}.ttf.br`, import.meta.url)))),
    );
    return this.font;
  }
}
