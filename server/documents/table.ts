import { hairline } from './colours.ts';
import type { Element, Sheet, Style, Text } from './sheet.ts';
import { contentRight, contentWidth, margin } from './sheet.ts';
import { body, small, strong } from './styles.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
}

const paddings = { roomy: 7, compact: 4 };
const gap = 12;
const widest = 78;
const heading: Style = { ...small, weight: 'Bold' };

interface Placed extends Column {
  x: number;
  width: number;
}

/** The widest is among the longest, so that not all of a long table need be measured. */
const widthOfWidest = (sheet: Sheet, texts: readonly Text[]): number => {
  const longest = texts.reduce((most, { text }) => Math.max(most, text.length), 0);
  return texts
    .filter(({ text }) => text.length >= longest - 2)
    .reduce((most, text) => Math.max(most, sheet.widthOf(text)), 0);
};

/** The first column takes what the others, each as wide as its widest text, leave. */
const place = (sheet: Sheet, columns: readonly Column[], rows: readonly (readonly Text[][])[]): Placed[] => {
  const widths = columns.map(({ title }, index) => {
    const texts = [{ text: title, style: heading }, ...rows.flatMap((cells) => cells[index] ?? [])];
    return index === 0 ? 0 : Math.min(widest, widthOfWidest(sheet, texts));
  });
  widths[0] = contentWidth - widths.reduce((sum, width) => sum + width + gap, -gap);
  let x = margin;
  return columns.map((column, index) => {
    const width = widths[index] ?? 0;
    const at = { ...column, width, x };
    x += width + gap;
    return at;
  });
};

const headOf = ({ title, x, width, align }: Placed) => ({
  text: { text: title, style: heading },
  ...(align === 'right' ? { x: x + width, align } : { x, align: 'left' as const }),
});

/** A table over as many pages as it needs, each beginning with its head. */
export class Table {
  private readonly sheet: Sheet;
  private readonly columns: readonly Placed[];
  private readonly element: Element;
  private readonly padding: number;

  /** The columns are as wide as these rows need. */
  constructor(
    sheet: Sheet,
    columns: readonly Column[],
    rows: readonly (readonly Text[][])[],
    density: keyof typeof paddings = 'roomy',
  ) {
    this.sheet = sheet;
    this.padding = paddings[density];
    this.columns = place(sheet, columns, rows);
    this.element = sheet.element(sheet.root, 'Table');
    sheet.ensure(70);
    this.drawHead();
  }

  /** Adds a row of one cell a column, and writes down what the structure has of it. */
  row(cells: readonly Text[][]): void {
    const { sheet } = this;
    const row = sheet.element(this.element, 'TR');
    sheet.y += this.padding;
    sheet.row(
      this.columns.map(({ x, width, align }, index) => ({
        x,
        width,
        align,
        texts: cells[index] ?? [],
        element: sheet.element(row, 'TD'),
      })),
      () => this.repeatHead(),
    );
    row.end();
    sheet.y += this.padding;
    sheet.rule();
  }

  private drawHead(): void {
    const { sheet } = this;
    const row = sheet.element(this.element, 'TR');
    for (const column of this.columns) {
      const { text, x, align } = headOf(column);
      sheet.put(sheet.element(row, 'TH', { scope: 'Column' }), text, x, sheet.y, align);
    }
    this.closeHead();
  }

  private repeatHead(): void {
    const { sheet } = this;
    for (const column of this.columns) {
      const { text, x, align } = headOf(column);
      sheet.putArtifact(text, x, sheet.y, align);
    }
    this.closeHead();
    sheet.y += this.padding;
  }

  private closeHead(): void {
    this.sheet.y += heading.leading + 4;
    this.sheet.rule(hairline);
  }
}

/** Labels and amounts at the right margin, one under the other; a sum is set apart. */
export const drawTotals = (sheet: Sheet, rows: readonly { label: string; amount: string; isSum?: boolean }[]): void => {
  const table = sheet.element(sheet.root, 'Table');
  const left = contentRight - 290;
  sheet.ensure(Math.min(rows.length * (body.leading + 6), 400));
  for (const [index, { label, amount, isSum = false }] of rows.entries()) {
    const style = isSum ? strong : body;
    sheet.ensure(style.leading + 12);
    if (isSum && index > 0) {
      sheet.y += 3;
      sheet.rule(hairline, left);
      sheet.y += 3;
    }
    const row = sheet.element(table, 'TR');
    sheet.row([
      {
        x: left,
        width: 190,
        align: 'left',
        texts: [{ text: label, style }],
        element: sheet.element(row, 'TH', { scope: 'Row' }),
      },
      {
        x: left + 190,
        width: 100,
        align: 'right',
        texts: [{ text: amount, style }],
        element: sheet.element(row, 'TD'),
      },
    ]);
    sheet.y += 2;
  }
};
