/** The part of fontkit that is used here; fontkit brings no types. */
declare module 'fontkit' {
  interface Glyph {
    id: number;
    codePoints: number[];
    /** Font units. */
    advanceWidth: number;
  }

  /** Font units. */
  interface GlyphPosition {
    xAdvance: number;
    yAdvance: number;
    xOffset: number;
    yOffset: number;
  }

  interface Font {
    unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    getGlyph(id: number, codePoints?: number[]): Glyph;
    layout(
      text: string,
      features?: string[],
      script?: string,
      language?: string,
      direction?: 'ltr' | 'rtl',
    ): { glyphs: Glyph[]; positions: GlyphPosition[] };
  }

  function create(bytes: Uint8Array): Font;
}
