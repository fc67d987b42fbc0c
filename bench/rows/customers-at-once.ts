import { alternate, column } from '../alternate.ts';
import { bareRequests, underLoad } from '../http-contest.ts';
import { portalRequests, startPortal } from '../portal.ts';
import { median, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';
import { prepareUsual, startBare } from './lists.ts';

const customersAtOnce = [1, 10, 50, 200];

export const concurrency: Row = {
  name: 'customers-at-once',
  about: `the invoice list for ${customersAtOnce.join(', ')} customers at once, with the time that each waits`,
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const server = await startPortal(stage, dataset);
    const bareServer = await startBare(stage, dataset);
    const found = [];
    for (const connections of customersAtOnce) {
      // Anew for each: access tokens live for five minutes.
      const ours = { server, requests: await portalRequests(server, dataset, 'invoices?limit=25') };
      const bare = { server: bareServer, requests: bareRequests(dataset.customerIds, 'invoices') };
      const measured = await alternate(stage, {
        bare: underLoad(stage, bare, { connections }),
        ours: underLoad(stage, ours, { connections }),
      });
      const comparison = {
        name: `customers-at-once-${connections}`,
        work: `GET invoices?limit=25, ${connections} at once`,
        baseline: 'the bare list, as many at once',
        unit: 'requests/s',
      };
      const rates = { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') };
      found.push(
        resultOf(comparison, rates, {
          'median time, bare, ms': median(column(measured.bare, 'p50Ms')),
          'median time, ours, ms': median(column(measured.ours, 'p50Ms')),
          '99 of 100 within, bare, ms': median(column(measured.bare, 'p99Ms')),
          '99 of 100 within, ours, ms': median(column(measured.ours, 'p99Ms')),
        }),
      );
    }
    return found;
  },
};
