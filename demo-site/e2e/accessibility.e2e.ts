import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { shownFile } from './accessibility/accessible-test.ts';
import { conformancePage, groundless, readShown } from './accessibility/conformance-page.ts';
import { test } from './demo.ts';

const page = fileURLToPath(new URL('../../docs/accessibility.md', import.meta.url));

// It runs when the accessibility's other files are through, which have written down what they have shown.
test('the conformance page says what the tests have shown', async () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder).filter((name) => /^accessibility-.*\.e2e\.ts$/.test(name));
  const shown = existsSync(shownFile) ? readShown(shownFile) : [];
  const ran = new Set(shown.map(({ file }) => file));
  const { grep, updateSnapshots } = test.info().config;
  const isWhole = String(grep) === '/.*/' && files.every((file) => ran.has(file));
  test.skip(!isWhole, 'only a run of all of them says anything');

  expect(groundless(shown)).toEqual([]);
  const written = await format(conformancePage(shown), { ...(await resolveConfig(page)), parser: 'markdown' });
  if (updateSnapshots === 'changed' || updateSnapshots === 'all') writeFileSync(page, written);
  expect(readFileSync(page, 'utf8'), 'stale: npm run test:e2e -- accessibility --update-snapshots writes it anew').toBe(
    written,
  );
});
