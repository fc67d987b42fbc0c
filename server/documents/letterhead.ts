import type { Address } from '#contract/addresses.ts';
import type { TaxInfo } from '#contract/profile.ts';
import { ink, readableAccent } from './colours.ts';
import { contentRight, contentWidth, margin, pageWidth } from './sheet.ts';
import type { Cell, Element, Sheet, Style, Text } from './sheet.ts';
import { body, small, strong } from './styles.ts';
import { addressLines, taxId } from './words.ts';

/** Whose document it is. */
export interface Issuer {
  name: string;
  email: string | null;
  address: Address | null;
  taxId: string | null;
  /** CSS hex colour. */
  accent: string | null;
  /** PNG or JPEG; without one the initial of the name stands in its place. */
  logo: Buffer | null;
}

/** Whom it is for. */
export interface Recipient {
  name: string;
  email: string | null;
  address: Address | null;
  /** Null: the same as `address`. */
  shipTo: Address | null;
  taxInfo: TaxInfo[];
}

export type Tone = 'success' | 'warning' | 'neutral';

const title: Style = { weight: 'Bold', size: 22, leading: 28, colour: ink };
const label: Style = { ...small, leading: 14 };

const tones: Record<Tone, { text: string; fill: string }> = {
  success: { text: '#0b6b3a', fill: '#e3f5ea' },
  warning: { text: '#8a4b00', fill: '#fdf0dc' },
  neutral: { text: '#4a5260', fill: '#eceef2' },
};

const logoBox = { x: contentRight - 150, y: margin, width: 150, height: 44 };
const monogramSize = 40;

const drawMonogram = (sheet: Sheet, { name, accent }: Issuer): void => {
  const colour = readableAccent(accent);
  const x = contentRight - monogramSize;
  sheet.artifact((document) => document.roundedRect(x, margin, monogramSize, monogramSize, 8).fill(colour));
  const [initial] = new Intl.Segmenter('en').segment(name.trim());
  const style: Style = { ...title, size: 20, leading: monogramSize, colour: '#ffffff' };
  sheet.putArtifact(
    { text: initial?.segment.toLocaleUpperCase('en') ?? '', style },
    x + monogramSize / 2,
    margin,
    'centre',
  );
};

const drawLogo = (sheet: Sheet, issuer: Issuer): void => {
  if (issuer.logo === null || !sheet.picture(issuer.logo, `${issuer.name} logo`, logoBox)) {
    drawMonogram(sheet, issuer);
  }
};

const drawPill = (sheet: Sheet, element: Element, text: string, tone: Tone, x: number, y: number): void => {
  const { text: colour, fill } = tones[tone];
  const style: Style = { weight: 'Bold', size: 8.5, leading: 16, colour };
  const width = sheet.widthOf({ text, style });
  sheet.artifact((document) => document.roundedRect(x, y, width + 16, 16, 8).fill(fill));
  sheet.put(element, { text, style }, x + 8, y);
};

/** The top of the first page: what it is, its state, and whose it is. */
export const drawHead = (
  sheet: Sheet,
  issuer: Issuer,
  heading: string,
  pill: { text: string; tone: Tone } | undefined,
): void => {
  const colour = readableAccent(issuer.accent);
  sheet.artifact((document) => document.rect(0, 0, pageWidth, 6).fill(colour));
  drawLogo(sheet, issuer);
  const element = sheet.element(sheet.root, 'H1');
  sheet.put(element, { text: heading, style: title }, margin, margin + 2);
  if (pill !== undefined) {
    const x = margin + sheet.widthOf({ text: heading, style: title }) + 12;
    drawPill(sheet, sheet.element(sheet.root, 'P'), pill.text, pill.tone, x, margin + 9);
  }
  sheet.y = margin + 58;
};

/** Names and values, a line each: a table of two columns to a screen reader. */
export const drawFacts = (sheet: Sheet, facts: readonly (readonly [string, string | null])[]): void => {
  const table = sheet.element(sheet.root, 'Table');
  for (const [name, value] of facts) {
    if (value !== null) {
      const row = sheet.element(table, 'TR');
      sheet.row([
        {
          x: margin,
          width: 110,
          align: 'left',
          texts: [{ text: name, style: label }],
          element: sheet.element(row, 'TH', { scope: 'Row' }),
        },
        {
          x: margin + 110,
          width: 300,
          align: 'left',
          texts: [{ text: value, style: body }],
          element: sheet.element(row, 'TD'),
        },
      ]);
    }
  }
};

const issuerTexts = ({ name, email, address, taxId: id }: Issuer): Text[] => [
  { text: name, style: strong },
  ...[...(address === null ? [] : addressLines(address)), email, id === null ? null : `Tax ID ${id}`]
    .filter((text) => text !== null)
    .map((text) => ({ text, style: body })),
];

const recipientTexts = ({ name, email, address, taxInfo }: Recipient): Text[] => [
  { text: name, style: strong },
  ...[...(address === null ? [] : addressLines(address)), email, ...taxInfo.map(taxId)]
    .filter((text) => text !== null)
    .map((text) => ({ text, style: body })),
];

/** Who asks, who pays and who receives, side by side. */
export const drawParties = (sheet: Sheet, issuer: Issuer, recipient: Recipient, recipientLabel: string): void => {
  const { shipTo } = recipient;
  const parties: [string, Text[]][] = [
    ['From', issuerTexts(issuer)],
    [recipientLabel, recipientTexts(recipient)],
    ...(shipTo === null
      ? []
      : [['Ship to', addressLines(shipTo).map((text) => ({ text, style: body }))] as [string, Text[]]]),
  ];
  const gap = 18;
  const width = (contentWidth - 2 * gap) / 3;
  sheet.row(
    parties.map(([heading, texts], index) => ({
      x: margin + index * (width + gap),
      width,
      align: 'left',
      texts: [{ text: heading, style: { ...label, colour: readableAccent(issuer.accent), weight: 'Bold' } }, ...texts],
      element: sheet.element(sheet.root, 'P'),
    })),
  );
};

/** What the foot of every page says. */
export const footerOf = ({ name, email, taxId: id }: Issuer, subject: string): string =>
  [subject, name, email, id === null ? null : `Tax ID ${id}`].filter((text) => text !== null).join(' · ');

/** Text over the whole width. */
export const textCell = (sheet: Sheet, text: string, style: Style, type = 'P'): Cell => ({
  x: margin,
  width: contentWidth,
  align: 'start',
  texts: [{ text, style }],
  element: sheet.element(sheet.root, type),
});
