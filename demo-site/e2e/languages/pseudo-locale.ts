import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** All that the gallery's fixtures say. */
const records = ['widget/src/testing/*-fixtures.ts', 'widget/src/testing/wire.ts', 'demo-site/gallery/records.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((file) => readFileSync(`${root}${file}`, 'utf8').toLowerCase())
  .join('\n');

const isKnown = (part: string): boolean => records.includes(part.trim().toLowerCase().replaceAll("'", "\\'"));

/** Records, dates and amounts are in no catalogue. An address is put together of several. */
const isRecord = (text: string): boolean =>
  /\b\d{4}\b/.test(text) ||
  /^-?[A-Z]{3}\s[\d.,]+$/.test(text) ||
  text.split(/[,·\n]/).every(isKnown) ||
  (/\d/.test(text) && text.split(/\s+/).every(isKnown));

interface Seen {
  texts: [text: string, where: string][];
  misfits: string[];
}

/** Runs in the page: all that is said outside of brackets, and what does not fit. */
const look = (): Seen => {
  const seen: Seen = { texts: [], misfits: [] };
  const nameOf = ({ localName, className }: Element): string => `${localName}.${String(className).trim()}`;

  const read = (element: Element): void => {
    const own = [...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data);
    const named = ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name));
    for (const text of [...own, ...named]) {
      let outside = String(text ?? '');
      while (/\[[^[\]]*\]/.test(outside)) outside = outside.replace(/\[[^[\]]*\]/g, ' ');
      if (/\p{L}{3}/u.test(outside)) seen.texts.push([outside.trim(), nameOf(element)]);
    }
  };

  const measure = (element: Element): void => {
    const { overflowX, position } = getComputedStyle(element);
    const isSeen = element.clientWidth > 1 && position !== 'absolute';
    const isCut = element.scrollWidth > element.clientWidth + 1 && ['hidden', 'clip'].includes(overflowX);
    if (isSeen && isCut && !element.closest('[title], [aria-label]'))
      seen.misfits.push(`cut: ${nameOf(element)} "${element.textContent?.trim() ?? ''}"`);
  };

  const walk = (within: ParentNode): void => {
    for (const element of within.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true }) || ['style', 'option'].includes(element.localName))
        continue;
      read(element);
      measure(element);
    }
  };

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) seen.misfits.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
  walk(document.querySelector('main') ?? document);
  return seen;
};

/** What reads wrong in a page whose texts are longer, accented and in brackets. */
export async function problemsOf(page: Page): Promise<string[]> {
  const { texts, misfits } = await page.evaluate(look);
  const loose = texts.filter(([text]) => !isRecord(text)).map(([text, where]) => `in no catalogue: ${where} "${text}"`);
  return [...new Set([...loose, ...misfits])];
}
