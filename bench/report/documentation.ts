import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { tableOf } from './markdown.ts';
import { remarks } from './remarks.ts';
import type { Report } from './report.ts';
import { sizingLines } from './sizing.ts';
import { cellsOf, figure, headings, machineLine } from './words.ts';

const file = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const daysOf = ({ results }: Report): string =>
  [...new Set(results.map(({ measuredAt }) => measuredAt.slice(0, 10)))].toSorted().join(', ');

const howItIsMeasured = `\`npm run bench\` measures us against baselines in the same run: five rounds of four seconds each, by turns, after a
warm-up. Medians are compared, and nothing is discarded; ± is half of the distance between the best and the worst round. Each
server is a process of its own and the load comes from another one, over as many kept connections as customers are at once
(32 unless the row says otherwise). Our server is what \`npm start\` runs, with every check, header, limit and log line that is
on by default. The baselines are as fast as we could make them, and know no credentials, checks, limits or cursors; their
source is in [bench/bare](../bench/bare), that of others in [bench/rivals](../bench/rivals).

\`npm run bench -- ROW…\` measures single rows, \`--large\` adds 10,000,000 invoices, \`--profile\` shows where our server's time
goes, \`--write-docs\` writes this page.`;

const waiting = ({ results }: Report): string => {
  const found = results.filter(({ row }) => row === 'customers-at-once');
  const names = [
    'median time, bare, ms',
    'median time, ours, ms',
    '99 of 100 within, bare, ms',
    '99 of 100 within, ours, ms',
  ];
  return tableOf(
    ['customers at once', ...names],
    found.map(({ name, facts }) => [
      name.replace('customers-at-once-', ''),
      ...names.map((fact) => figure(facts[fact] ?? NaN)),
    ]),
  );
};

const processorTimes = ({ results }: Report): string => {
  const names = ['processor time a request, bare, µs', 'processor time a request, ours, µs'];
  const found = results.filter(({ facts }) => names.every((name) => facts[name] !== undefined));
  return tableOf(
    ['work', ...names],
    found.map(({ work, facts }) => [work, ...names.map((name) => figure(facts[name] ?? NaN))]),
  );
};

const shownShares = 12;

const missed = ({ results, profiles }: Report): string =>
  results
    .filter(({ isMet }) => isMet === false)
    .map(({ row, name, work, ratio, goal }) => {
      const profile = profiles[row];
      const shares = profile?.packages.slice(0, shownShares).map((share) => [share.name, `${share.percent} %`]);
      return [
        `### ${work}`,
        `${ratio.toFixed(2)} against a goal of ${goal?.is ?? ''} ${goal?.ratio ?? ''}.`,
        remarks[name] ?? '',
        shares === undefined || shares.length === 0
          ? ''
          : `Where our server's time went:\n\n${tableOf(['package', 'self time'], shares)}`,
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    })
    .join('\n\n');

/** Writes docs/benchmarks.md: figures come from the results alone. */
export const writeDocumentation = async (report: Report): Promise<void> => {
  const short = missed(report);
  const text = [
    '# Benchmarks',
    '<!-- Written by `npm run bench -- --write-docs`: change bench/report. -->',
    `${machineLine(report.machine)}. Measured ${daysOf(report)}.`,
    howItIsMeasured,
    '## Results',
    tableOf(headings, report.results.map(cellsOf)),
    '## How long customers wait',
    waiting(report),
    '## Processor time of the server',
    'Of all its processes, in the kernel and outside. A PostgreSQL server’s own time is not in it.',
    processorTimes(report),
    '## How large a machine',
    ...sizingLines(report),
    ...(short === '' ? [] : ['## What falls short', short]),
  ].join('\n\n');
  const options = await resolveConfig(file);
  await writeFile(file, await format(text, { ...options, parser: 'markdown' }));
};
