import { alternate, column } from '../alternate.ts';
import { bareRequests, underLoad } from '../http-contest.ts';
import { portalRequests, startPortal } from '../portal.ts';
import { atMost, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';
import { prepareUsual, startBare } from './lists.ts';

/**
 * Resident memory of both servers while they answer the invoice list: VmRSS of /proc, ten times a second, the median of
 * each round. The most that either ever had (VmHWM) is told beside it.
 */
export const memory: Row = {
  name: 'memory',
  about: 'resident memory under the load of the invoice list',
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const server = await startPortal(stage, dataset);
    const bareServer = await startBare(stage, dataset);
    const ours = { server, requests: await portalRequests(server, dataset, 'invoices?limit=25') };
    const bare = { server: bareServer, requests: bareRequests(dataset.customerIds, 'invoices') };
    const measured = await alternate(stage, { bare: underLoad(stage, bare), ours: underLoad(stage, ours) });
    const comparison = {
      name: 'memory',
      work: 'resident memory under the load of GET invoices?limit=25',
      baseline: 'node:http + prepared statement + JSON.stringify',
      unit: 'MB',
      goal: atMost(1.3),
    };
    const resident = { bare: column(measured.bare, 'residentMb'), ours: column(measured.ours, 'residentMb') };
    return [
      resultOf(comparison, resident, {
        'most ever, bare, MB': Math.max(...column(measured.bare, 'peakMb')),
        'most ever, ours, MB': Math.max(...column(measured.ours, 'peakMb')),
      }),
    ];
  },
};
