import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What colours decide: the rest has been said once it was said in light. */
const colourRules = ['color-contrast', 'link-in-text-block'];

declare global {
  interface Window {
    axe?: { run: (context: object, options: RunOptions) => Promise<AxeResults> };
  }
}

/**
 * What axe finds wrong in a page or a frame of it, a line each; none when all is well.
 * @param within selector of what is looked at; everything, when absent
 */
export const violations = async (
  scope: Page | Frame,
  { only = 'all', without = [], within }: { only?: 'all' | 'colours'; without?: string[]; within?: string } = {},
): Promise<string[]> => {
  const isThere = await scope.evaluate(() => window.axe !== undefined);
  if (!isThere) await scope.evaluate(`${source};undefined`);
  const options: RunOptions = {
    runOnly: only === 'all' ? { type: 'tag', values: tags } : { type: 'rule', values: colourRules },
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
    iframes: false,
  };
  const found = await scope.evaluate(
    async ({ selector, settings }) =>
      (await window.axe?.run(selector ? { include: selector } : document, settings))?.violations,
    { selector: within, settings: options },
  );
  if (found === undefined) throw new Error('axe did not run');
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.flat().join(' ')}\n${failureSummary ?? ''}`),
  );
};
