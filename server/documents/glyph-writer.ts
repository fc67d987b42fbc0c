import type { ShapedGlyph, Typeface } from './typeface.ts';
import type { Run } from './visual-runs.ts';

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** A typeface in one document, which holds only the glyphs that are drawn. */
class EmbeddedTypeface {
  readonly font: PDFKit.Mixins.EmbeddedFont;
  private readonly codes = new Map<string, string>();

  constructor(font: PDFKit.Mixins.EmbeddedFont) {
    this.font = font;
  }

  /** The glyph as the content of a page names it: a number for each text that it stands for. */
  codeOf({ id, codePoints, width }: ShapedGlyph): string {
    const key = `${id} ${codePoints.join(' ')}`;
    const known = this.codes.get(key);
    if (known !== undefined) {
      return known;
    }
    const { subset, widths, unicode } = this.font;
    const index = subset.glyphs.push(id) - 1;
    widths[index] = width;
    unicode[index] = codePoints;
    const code = index.toString(16).padStart(4, '0');
    this.codes.set(key, code);
    return code;
  }
}

/**
 * Draws shaped text. In place of pdfkit's `text()`, which knows one direction only, shapes each text anew, and moves the
 * page's coordinates for each, so that readers lose where a text with an ActualText stands.
 */
export class GlyphWriter {
  private readonly document: PDFKit.PDFDocument;
  private readonly typefaces = new Map<Typeface, EmbeddedTypeface>();

  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
  }

  /** From x on along the baseline, both in points from the top left corner of the page. */
  write(runs: readonly Run[], size: number, x: number, baseline: number): void {
    const { document } = this;
    document.addContent('BT');
    let left = x;
    for (const { typeface, text, actualText, width } of runs) {
      if (actualText !== undefined) {
        document.markContent('Span', { actual: actualText });
      }
      this.writeRun(typeface, text, size, left, baseline);
      if (actualText !== undefined) {
        document.endMarkedContent();
      }
      left += width * size;
    }
    document.addContent('ET');
  }

  private writeRun(typeface: Typeface, text: string, size: number, x: number, baseline: number): void {
    const { document } = this;
    const embedded = this.embed(typeface);
    const { font } = embedded;
    document.page.fonts[font.id] ??= font.ref();
    document.addContent(`/${font.id} ${number(size)} Tf 1 0 0 -1 ${number(x)} ${number(baseline)} Tm`);
    let array = '';
    let codes = '';
    const add = (move: number): void => {
      array += (codes === '' ? '' : `<${codes}>`) + (move === 0 ? '' : ` ${number(move)}`);
      codes = '';
    };
    const show = (): void => {
      add(0);
      if (array !== '') {
        document.addContent(`[${array}] TJ`);
      }
      array = '';
    };
    let rise = 0;
    for (const glyph of typeface.shape(text)) {
      const { width, advance, xOffset, yOffset } = glyph;
      if (yOffset !== rise) {
        show();
        rise = yOffset;
        document.addContent(`${number((rise * size) / 1000)} Ts`);
      }
      if (xOffset !== 0) {
        add(-xOffset);
      }
      codes += embedded.codeOf(glyph);
      if (xOffset + width !== advance) {
        add(xOffset + width - advance);
      }
    }
    show();
    if (rise !== 0) {
      document.addContent('0 Ts');
    }
  }

  private embed(typeface: Typeface): EmbeddedTypeface {
    const known = this.typefaces.get(typeface);
    if (known !== undefined) {
      return known;
    }
    const { name } = typeface;
    const embedded = new EmbeddedTypeface(this.document.registerFont(name, typeface.source()).font(name)._font);
    this.typefaces.set(typeface, embedded);
    return embedded;
  }
}
