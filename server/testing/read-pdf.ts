import { inflateSync } from 'node:zlib';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reader of a PDF gets. */
export interface PdfContent {
  /** The text of each page, in the order in which it is drawn; one space where there is a gap or a new line. */
  pages: string[];
  /** What parts say whose glyphs do not tell, or tell in another order. */
  actualTexts: string[];
  title: unknown;
  author: unknown;
  language: unknown;
  isTagged: boolean;
  /** The roles of the elements for screen readers, in reading order. */
  roles: string[];
}

const textOf = async (page: PDFPageProxy): Promise<string> => {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
};

interface StructNode {
  role?: string;
  children?: StructNode[];
}

const rolesOf = (node: StructNode): string[] => [
  ...(node.role === undefined ? [] : [node.role]),
  ...(node.children ?? []).flatMap(rolesOf),
];

const escapes: Partial<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const decoded = (literal: string): string => {
  const text = literal.replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
  return text.startsWith('\u00fe\u00ff') ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le') : text;
};

const inflated = (stream: string): string => {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
};

const actualTextsOf = (bytes: Uint8Array): string[] => {
  const file = Buffer.from(bytes).toString('latin1');
  const contents = Array.from(file.matchAll(/stream\n(.*?)\nendstream/gs), ([, stream = '']) => inflated(stream));
  return [file, ...contents].flatMap((text) =>
    Array.from(text.matchAll(/\/ActualText \(((?:\\.|[^\\)])*)\)/gs), ([, literal = '']) => decoded(literal)),
  );
};

/** Reads a PDF as a browser does. */
export const readPdf = async (bytes: Uint8Array): Promise<PdfContent> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS });
  const document = await task.promise;
  const { info } = await document.getMetadata();
  const marks = await document.getMarkInfo();
  const facts = info as Record<string, unknown>;
  const pages = [];
  const roles = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    pages.push(await textOf(page));
    roles.push(...rolesOf((await page.getStructTree()) as StructNode));
  }
  await task.destroy();
  return {
    pages,
    actualTexts: actualTextsOf(bytes),
    title: facts['Title'],
    author: facts['Author'],
    language: facts['Language'],
    isTagged: marks?.['Marked'] === true,
    roles,
  };
};
