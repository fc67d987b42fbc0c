import { manyCurrencies, nothingDue } from '../../../widget/src/testing/summary-fixtures.ts';
import { emptyApi, failing, never } from '../records.ts';
import type { ElementState } from '../state.ts';

const summary = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Summary',
  tag: 'zenskar-summary',
  ...part,
});

export const summaryStates: readonly ElementState[] = [
  summary('summary', 'One currency'),
  summary('summary-loading', 'Loading', { api: { getSummary: never }, isPending: true }),
  summary('summary-empty', 'New customer', { api: emptyApi }),
  summary('summary-nothing-due', 'Nothing due', { api: { getSummary: () => Promise.resolve(nothingDue) } }),
  summary('summary-many-currencies', 'Many currencies', {
    api: { getSummary: () => Promise.resolve(manyCurrencies) },
  }),
  summary('summary-error', 'Failed', { api: { getSummary: failing() } }),
];
