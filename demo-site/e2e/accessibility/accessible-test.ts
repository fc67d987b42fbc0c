import { appendFileSync } from 'node:fs';
import { test as base } from '../demo.ts';
import { runFolder } from '../places.ts';
import type { CriterionNumber } from './criteria.ts';

/** What one test has shown, a line of the file that the conformance page is made of. */
export interface Shown {
  title: string;
  file: string;
  line: number;
  hasPassed: boolean;
  criteria: string[];
}

export const shownFile = `${runFolder}accessibility.ndjson`;

/** Says of a test which criteria of WCAG 2.2 it shows: `test('…', shows('2.1.1'), async () => …)`. */
export const shows = (...criteria: CriterionNumber[]): { annotation: { type: 'wcag'; description: string }[] } => ({
  annotation: criteria.map((description) => ({ type: 'wcag' as const, description })),
});

/** Notes down what each test has shown. Without traces: a picture of every step would cost more than the tests do. */
export const test = base.extend<{ noted: undefined }>({
  trace: 'off',
  noted: [
    async ({ complaints: _ }, use, info) => {
      await use(undefined);
      const { title, file, line, annotations, status, expectedStatus } = info;
      const shown: Shown = {
        title,
        file: file.replace(/^.*\//, ''),
        line,
        hasPassed: status === expectedStatus,
        criteria: annotations.flatMap(({ type, description }) => (type === 'wcag' && description ? [description] : [])),
      };
      appendFileSync(shownFile, `${JSON.stringify(shown)}\n`);
    },
    { auto: true },
  ],
});
