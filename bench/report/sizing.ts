import { tableOf } from './markdown.ts';
import type { Report } from './report.ts';
import { figure } from './words.ts';

const million = 1_000_000;

/** What a machine like the measured one does, by database and processes. */
export const sizingLines = ({ machine, results }: Report): string[] => {
  const ours = (name: string): number => results.find((result) => result.name === name)?.ours.median ?? NaN;
  const fact = (name: string, of: string): number => results.find((result) => result.name === name)?.facts[of] ?? NaN;
  const cell = (value: number): string => (Number.isNaN(value) ? 'not measured' : figure(value));
  const bytes = 'database, bytes';
  const lines = [
    [
      'SQLite, one process',
      cell(ours('invoice-list')),
      cell(ours('invoice-list-unchanged')),
      cell(ours('sessions')),
      cell(fact('memory', 'most ever, ours, MB')),
      cell(fact(`growth-${million}`, bytes) / 1e9),
    ],
    [
      `PostgreSQL ${machine.postgres} on the same machine, one process`,
      cell(ours('postgres-invoice-list')),
      'not measured',
      cell(ours('postgres-sessions')),
      `${cell(fact('postgres-invoice-list', 'resident memory, ours, MB'))}, and PostgreSQL’s own`,
      cell(fact('postgres-invoice-list', bytes) / 1e9),
    ],
  ];
  return [
    `On ${machine.cores} processors, one of which the load generator takes. A million invoices here have two lines each, the payments
of those that are paid, and 4,000 customers with twenty entitlements each. A customer who opens the portal asks for one session
and some three lists; who looks again within the same page mostly gets answers that have not changed.`,
    tableOf(
      [
        'database',
        'invoice lists a second',
        'unchanged lists a second',
        'sessions opened a second',
        'memory, MB',
        'disk a million invoices, GB',
      ],
      lines,
    ),
    `A second process (\`WEB_CONCURRENCY=2\`) takes ${cell(ours('two-processes'))} µs of processor time a request where one takes
${cell(results.find(({ name }) => name === 'two-processes')?.bare.median ?? NaN)} µs, and both together
${cell(fact('two-processes', 'resident memory, two processes, MB'))} MB of memory: count a process for each processor.`,
  ];
};
