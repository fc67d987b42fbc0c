import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const sources = fileURLToPath(new URL('../../../widget/src/', import.meta.url));

const read = (file: string): string => readFileSync(`${sources}${file}`, 'utf8');

/** The parts that the class in a file, or one that it extends, is documented to have. */
export const documentedParts = (...files: string[]): string[] =>
  files.flatMap((file) => [...read(file).matchAll(/^ \* @csspart ([\w-]+) - ./gm)].map(([, name = '']) => name)).sort();

/** The parts that any template of the widget names. */
export const namedParts = (): string[] => {
  const templates = globSync('**/*.ts', { cwd: sources })
    .filter((file) => !/\.test\.ts$|^(?:testing|frame|react)\//.test(file))
    .map(read)
    .join('');
  const plain = [...templates.matchAll(/\bpart="([\w-]+)"/g)];
  const chosen = [...templates.matchAll(/\bpart(?:=\$\{|\??: )(.*)/g)].flatMap(([, choice = '']) => [
    ...choice.replace(/\}.*/, '').matchAll(/'([\w-]+)'/g),
  ]);
  const names = [...plain, ...chosen].map(([, name = '']) => name);
  return [...new Set(names)].sort();
};

/** Lets the page's own style sheet give every part of `element` a mark. */
export const markParts = (page: Page, element: string, parts: readonly string[]): Promise<unknown> =>
  page.addStyleTag({ content: parts.map((part) => `${element}::part(${part}) { --mark: "${part}"; }`).join('\n') });

/**
 * The parts that are in the page now, by the names that they have in the page's style sheet; one that the sheet does not
 * reach has `!` before its name.
 */
export const partsIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const markOf = (element: Element): string =>
      getComputedStyle(element).getPropertyValue('--mark').replaceAll('"', '');
    const search = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        const around = element.assignedSlot ?? element.parentElement ?? (root as ShadowRoot).host;
        const mark = markOf(element);
        for (const name of element.part) found.add(mark === name || mark !== markOf(around) ? mark : `!${name}`);
        if (element.shadowRoot) search(element.shadowRoot);
      }
    };
    search(document);
    return [...found].sort();
  });
