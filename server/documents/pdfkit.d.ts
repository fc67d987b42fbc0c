import type { Font } from 'fontkit';

/** What pdfkit 0.20 can do and its types do not know yet. */
declare global {
  namespace PDFKit.Mixins {
    /** A font in one document. The three lists are by the glyph's number in the subset that the document holds. */
    interface EmbeddedFont {
      id: string;
      subset: {
        /** The font's own glyph numbers. */
        glyphs: number[];
      };
      widths: number[];
      /** What text each glyph stands for. */
      unicode: number[][];
      ref(): PDFKitReference;
    }

    interface OpenedImage {
      width: number;
      height: number;
    }

    interface PDFImage {
      openImage(bytes: Buffer): OpenedImage;
      image(image: OpenedImage, x: number, y: number, options: { width: number; height: number }): this;
    }

    interface PDFFont {
      /** The font that `font()` chose. */
      _font: EmbeddedFont;
      /** A font that fontkit has already read. */
      registerFont(name: string, font: Font): this;
    }

    interface StructureElementOptions {
      scope?: 'Row' | 'Column';
      /** left, top, right, bottom */
      bbox?: [number, number, number, number];
    }
  }
}
