import { alternate, column } from '../alternate.ts';
import type { Contender } from '../alternate.ts';
import { sizeOf, sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { underLoad } from '../http-contest.ts';
import { portalRequests, startPortal } from '../portal.ts';
import { atLeast, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

const smallest = 10_000;
const largest = 10_000_000;

/** Of the largest, the invoices alone: with their lines and payments they would take an hour to make. */
const datasetOf = (invoices: number) => ({ invoices, isComplete: invoices < largest });

export const growth: Row = {
  name: 'growth',
  about: 'the invoice list with ten, a hundred and (--large) a thousand times as many invoices',
  run: async (stage) => {
    const sizes = [smallest, 100_000, ...(stage.isQuick ? [] : [1_000_000]), ...(stage.isLarge ? [largest] : [])];
    const contenders: Record<string, Contender> = {};
    const bytes: Record<number, number> = {};
    for (const invoices of sizes) {
      const dataset = await sqliteDataset(datasetOf(invoices), stage.progress);
      const server = await startPortal(stage, dataset);
      const requests = await portalRequests(server, dataset, 'invoices?limit=25');
      contenders[invoices] = underLoad(stage, { server, requests });
      bytes[invoices] = sizeOf(dataset);
    }
    const measured = await alternate(stage, contenders);
    const ratesOf = (invoices: number): number[] => column(measured[invoices] ?? [], 'perSecond');
    return sizes.slice(1).map((invoices) =>
      resultOf(
        {
          name: `growth-${invoices}`,
          work: `GET invoices?limit=25, ${invoices.toLocaleString('en')} invoices`,
          baseline: `ours with ${smallest.toLocaleString('en')}`,
          unit: 'requests/s',
          goal: atLeast(0.9),
        },
        { bare: ratesOf(smallest), ours: ratesOf(invoices) },
        { 'database, bytes': bytes[invoices] ?? NaN },
      ),
    );
  },
};
