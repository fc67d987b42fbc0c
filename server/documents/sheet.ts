import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { hairline, muted } from './colours.ts';
import { GlyphWriter } from './glyph-writer.ts';
import { layoutLine, layoutParagraphs } from './paragraph.ts';
import type { Line } from './paragraph.ts';
import { rightToLeftMark } from './typeface.ts';
import type { Weight } from './typefaces.ts';

export type Element = PDFKit.PDFStructureElement;

/** Sizes in points. */
export interface Style {
  weight: Weight;
  size: number;
  /** From one line to the next. */
  leading: number;
  colour: string;
}

export interface Text {
  text: string;
  style: Style;
}

/** Text in a column of a row. `start` is on the right for text that reads from right to left. */
export interface Cell {
  x: number;
  width: number;
  align: 'start' | 'left' | 'right';
  texts: Text[];
  /** What the text belongs to in the tree that screen readers follow. */
  element: Element;
}

/** Which point of a line stands at its x. */
export type Align = 'left' | 'centre' | 'right';

interface PlacedLine {
  line: Line;
  style: Style;
  x: number;
}

interface About {
  title: string;
  author: string;
  createdAt: Date;
  /** On the left of every page's foot. */
  footer: string;
}

/** About a page of a table. */
export const rowsAtOnce = 20;
export const pageWidth = 595.28;
const pageHeight = 841.89;
const pagesAtOnce = 20;
export const margin = 48;
export const contentWidth = pageWidth - 2 * margin;
export const contentRight = pageWidth - margin;
const bottom = pageHeight - 66;
const footerTop = pageHeight - 46;
const footerStyle: Style = { weight: 'Regular', size: 7.5, leading: 10, colour: muted };
const capHeight = 0.714;

/**
 * A tagged document of A4 pages that is filled from top to bottom. Everything with a meaning is drawn into an element of
 * the structure tree; everything else is an artifact.
 */
export class Sheet {
  /** Where the next thing goes, in points from the top of the page. */
  y = margin;
  readonly root: Element;
  private readonly document: PDFKit.PDFDocument;
  private readonly about: About;
  private readonly writer: GlyphWriter;

  constructor(about: About) {
    const { title, author, createdAt } = about;
    this.about = about;
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      font: '',
      pdfVersion: '1.7',
      subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets,
      tagged: true,
      lang: 'en',
      displayTitle: true,
      bufferPages: true,
      info: { Title: title, Author: author, Creator: 'Zenskar portal', CreationDate: createdAt },
    });
    this.writer = new GlyphWriter(this.document);
    this.root = this.document.struct('Document');
    this.document.addStructure(this.root);
  }

  /** The file. */
  get content(): Readable {
    return this.document;
  }

  /** A part of the document, in reading order. */
  element(parent: Element, type: string, options: PDFKit.Mixins.StructureElementOptions = {}): Element {
    const element = this.document.struct(type, options);
    parent.add(element);
    return element;
  }

  /** Draws what carries no meaning. */
  artifact(draw: (document: PDFKit.PDFDocument) => void): void {
    this.document.markContent('Artifact', { type: 'Layout' });
    draw(this.document);
    this.document.endMarkedContent();
  }

  /** Draws a PNG or JPEG as large as the box allows, at its top right; answers whether the bytes were one. */
  picture(bytes: Buffer, alt: string, box: { x: number; y: number; width: number; height: number }): boolean {
    const { x, y, width, height } = box;
    let image;
    try {
      image = this.document.openImage(bytes);
    } catch {
      return false;
    }
    const scale = Math.min(width / image.width, height / image.height);
    const [drawnWidth, drawnHeight] = [image.width * scale, image.height * scale];
    const left = x + width - drawnWidth;
    this.element(this.root, 'Figure', { alt, bbox: [left, y, x + width, y + drawnHeight] }).add(() =>
      this.document.image(image, left, y, { width: drawnWidth, height: drawnHeight }),
    );
    return true;
  }

  rule(colour = hairline, from = margin, to = contentRight): void {
    const { y } = this;
    this.artifact((document) => document.moveTo(from, y).lineTo(to, y).lineWidth(0.75).stroke(colour));
  }

  /** Goes to a new page unless so much of this one is left. */
  ensure(height: number): void {
    if (this.y + height > bottom) {
      this.newPage();
    }
  }

  newPage(): void {
    this.document.addPage();
    this.y = margin;
  }

  /** In points. */
  widthOf({ text, style }: Text): number {
    return layoutLine(text, style.weight).width * style.size;
  }

  /** One line at a place of its own. */
  put(element: Element, text: Text, x: number, y: number, align: Align = 'left'): void {
    this.drawInto(element, this.placeLine(text, x, align), y);
  }

  /** The same without a meaning of its own. */
  putArtifact(text: Text, x: number, y: number, align: Align = 'left'): void {
    const placed = this.placeLine(text, x, align);
    this.artifact(() => this.drawLine(placed, y));
  }

  /**
   * Draws cells side by side and goes below the highest. A row that does not fit begins on a new page; one higher than a
   * page goes on over several. `onNewPage` draws what each page begins with.
   */
  row(cells: readonly Cell[], onNewPage: () => void = () => undefined): void {
    const columns = cells.map((cell) => ({ element: cell.element, lines: this.place(cell) }));
    const heightOf = (lines: readonly PlacedLine[]): number => lines.reduce((sum, { style }) => sum + style.leading, 0);
    const height = Math.max(0, ...columns.map(({ lines }) => heightOf(lines)));
    if (this.y + height > bottom && (height < bottom - margin - 40 || this.y + 40 > bottom)) {
      this.newPage();
      onNewPage();
    }
    while (columns.some(({ lines }) => lines.length > 0)) {
      const top = this.y;
      let lowest = top;
      for (const { element, lines } of columns) {
        let y = top;
        for (let [line] = lines; line !== undefined && y + line.style.leading <= bottom; [line] = lines) {
          this.drawInto(element, line, y);
          y += line.style.leading;
          lines.shift();
        }
        lowest = Math.max(lowest, y);
      }
      this.y = lowest;
      if (columns.some(({ lines }) => lines.length > 0)) {
        this.newPage();
        onNewPage();
      }
    }
  }

  /**
   * Lets other work of the process go on: to be awaited after every `rowsAtOnce` rows.
   * @throws Error when nobody reads the file any more
   */
  async pause(): Promise<void> {
    await setImmediate();
    if (this.document.destroyed) {
      throw new Error('The file is not wanted any more');
    }
  }

  /** Draws the foot of every page and ends the file. */
  async end(): Promise<void> {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      if (page % pagesAtOnce === pagesAtOnce - 1) {
        await this.pause();
      }
      this.document.switchToPage(page);
      this.document.markContent('Artifact', { type: 'Pagination' });
      this.document
        .moveTo(margin, footerTop - 8)
        .lineTo(contentRight, footerTop - 8)
        .lineWidth(0.75)
        .stroke(hairline);
      const [first] = layoutParagraphs(this.about.footer, 'Regular', (contentWidth - 90) / footerStyle.size);
      const number = layoutLine(`Page ${page + 1} of ${count}`, 'Regular');
      if (first !== undefined) {
        this.drawLine({ line: first, style: footerStyle, x: margin }, footerTop);
      }
      this.drawLine({ line: number, style: footerStyle, x: contentRight - number.width * footerStyle.size }, footerTop);
      this.document.endMarkedContent();
    }
    this.root.end();
    this.document.end();
  }

  private placeLine({ text, style }: Text, x: number, align: Align): PlacedLine {
    const line = layoutLine(text, style.weight);
    const share = { left: 0, centre: 0.5, right: 1 }[align];
    return { line, style, x: x - share * line.width * style.size };
  }

  /** Lines that read from right to left end together on the right, be it of the column or of the widest of them. */
  private place({ x, width, align, texts }: Cell): PlacedLine[] {
    return texts.flatMap(({ text, style }) => {
      const lines = layoutParagraphs(text, style.weight, width / style.size);
      const widest = Math.max(...lines.map((line) => line.width)) * style.size;
      const right = align === 'left' ? x + widest : x + width;
      return lines.map((line) => {
        const isRight = align === 'right' || line.isRightToLeft;
        return { line, style, x: isRight ? right - line.width * style.size : x };
      });
    });
  }

  /** Where glyphs stand in another order than they are read in, the structure tells the text. */
  private drawInto(element: Element, placed: PlacedLine, top: number): void {
    const { text, runs } = placed.line;
    const isReordered = runs.some((run) => run.text.startsWith(rightToLeftMark));
    const target = isReordered ? this.element(element, 'Span', { actual: text }) : element;
    target.add(() => this.drawLine(placed, top));
  }

  private drawLine({ line, style, x }: PlacedLine, top: number): void {
    const baseline = top + style.leading / 2 + (capHeight / 2) * style.size;
    this.document.fillColor(style.colour);
    this.writer.write(line.runs, style.size, x, baseline);
  }
}

async function* drawn(about: About, draw: (sheet: Sheet) => Promise<void>): AsyncGenerator<Buffer> {
  const sheet = new Sheet(about);
  void draw(sheet)
    .then(() => sheet.end())
    .catch((error: unknown) => sheet.content.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    yield* sheet.content as AsyncIterable<Buffer>;
  } finally {
    sheet.content.destroy();
  }
}

/** A file that is drawn when it is read; when drawing fails it breaks off with the error. */
export const renderSheet = (about: About, draw: (sheet: Sheet) => Promise<void>): Readable =>
  Readable.from(drawn(about, draw), { objectMode: false });
