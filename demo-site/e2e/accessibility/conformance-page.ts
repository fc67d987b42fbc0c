import { readFileSync } from 'node:fs';
import type { Shown } from './accessible-test.ts';
import { criteria } from './criteria.ts';
import type { Criterion } from './criteria.ts';

const verdicts: Record<Criterion['verdict'], string> = {
  supports: 'Supports',
  partly: 'Partially supports',
  none: 'Not applicable',
};

/** Every test in the file at `path`, as it ended last; in the order in which they are written, whichever ran first. */
export const readShown = (path: string): Shown[] => {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const shown = lines.map((line) => JSON.parse(line) as Shown);
  return [...new Map(shown.map((each) => [`${each.file} ${each.title}`, each])).values()].sort((one, other) =>
    one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line,
  );
};

const testsOf = ({ number }: Criterion, shown: readonly Shown[]): Shown[] =>
  shown.filter(({ criteria: shownCriteria }) => shownCriteria.includes(number));

/** What the page would say without ground: a criterion that no test shows and nobody has read for, or a test that failed. */
export const groundless = (shown: readonly Shown[]): string[] => [
  ...shown.filter(({ hasPassed }) => !hasPassed).map(({ file, title }) => `${file}: “${title}” has not passed`),
  ...criteria
    .filter((criterion: Criterion) => criterion.verdict !== 'none')
    .filter((criterion: Criterion) => !criterion.byReading && testsOf(criterion, shown).length === 0)
    .map(({ number, name }) => `${number} ${name}: nothing shows it`),
];

const row = (criterion: Criterion, shown: readonly Shown[]): string => {
  const { number, name, level, verdict, remark, byReading } = criterion;
  const tests = testsOf(criterion, shown).map(({ title }) => `“${title}”`);
  const ground = [...tests, ...(byReading ? [`By reading: ${byReading}`] : [])].join('; ');
  return `| ${number} ${name} | ${level} | ${verdicts[verdict]} | ${remark} | ${ground || '—'} |`;
};

const fileList = (shown: readonly Shown[]): string => {
  const files = [...new Set(shown.map(({ file }) => file))].sort();
  return files
    .map((file) => {
      const titles = shown.filter((each) => each.file === file).map(({ title }) => `  - ${title}`);
      return [`- \`demo-site/e2e/${file}\``, ...titles].join('\n');
    })
    .join('\n');
};

const count = (verdict: Criterion['verdict']): number =>
  criteria.filter((criterion: Criterion) => criterion.verdict === verdict).length;

/** The page in docs/, from the table of criteria and from what the tests have just shown. */
export const conformancePage = (shown: readonly Shown[]): string => `# Accessibility

<!-- Written by \`npm run test:e2e -- accessibility --update-snapshots\` out of the results of the tests that it names. Do not edit by hand. -->

Zenskar portal is made to conform to the [Web Content Accessibility Guidelines 2.2](https://www.w3.org/TR/WCAG22/), levels A and
AA. This page says of every criterion whether it does and which test shows it. The tests run in a real Chromium with
every \`npm test\`; the run fails when one of them fails, when a criterion is claimed that nothing shows, and when this
page says anything else than they do.

Of ${criteria.length} criteria ${count('supports')} are supported, ${count('partly')} partially, and ${count('none')} are about nothing that the portal has.

## What is covered

The public elements (\`<zenskar-portal>\` and the elements of single sections), the hosted page, the demo's pages and the
console's main pages. The page around an embedded portal is the merchant's: its title, language, headings and landmarks
are not the portal's to set. So are the merchant's own texts (\`messages\`) and colours; text in the merchant's accent colour
is derived so that it stays readable, a \`--zenskar-text\` or \`--zenskar-muted\` is taken as it is given.

## What no machine can judge

- These tests were made and run by machines. Nobody who uses a screen reader every day has tried the portal yet, and no
  independent auditor has. Whether a text is clear and an order sensible was judged by reading.
- The screen reader is a simulated one (\`@guidepup/virtual-screen-reader\`). It cannot look into shadow roots: it reads a
  copy of what the browser has composed, so it says what a screen reader has to work with, not what NVDA, JAWS,
  VoiceOver or TalkBack makes of it. What is announced is noted where the live regions change.
- axe and Lighthouse find what rules can find, which is less than half of what can be wrong.
- The walks and measures are Chromium's. Firefox and Safari draw the same elements; their own ways with focus and zoom
  are not tested here.
- A session whose length the merchant sets ends without the customer being asked (2.2.1), where the merchant's page
  brings no new one. What was typed stays in the form until the page is left.

## Criteria

| Criterion | Level | Conformance | How | Shown by |
| --- | --- | --- | --- | --- |
${criteria.map((criterion) => row(criterion, shown)).join('\n')}

## The tests

${fileList(shown)}

Found something that does not work for you? It is a fault like any other: please tell us with the page, the browser and
the assistive technology.
`;
