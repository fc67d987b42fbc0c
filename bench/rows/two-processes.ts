import { alternate, column } from '../alternate.ts';
import { bareRequests, underLoad } from '../http-contest.ts';
import { portalRequests, startPortal, startScript } from '../portal.ts';
import { processTree } from '../process-figures.ts';
import type { Server } from '../processes.ts';
import { atMost, median, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';
import { prepareUsual, startBare } from './lists.ts';

/** Of what one process can do: the load generator has a core of its own where there are two. */
const shareOfMost = 0.5;

/**
 * Processor time a request of all processes of a server, from /proc, at a fixed rate that both take with ease. Requests a
 * second would tell more of the load generator, which shares the machine with them.
 */
export const twoProcesses: Row = {
  name: 'two-processes',
  about: 'processor time a request with WEB_CONCURRENCY=2 against one process',
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const one = await startPortal(stage, dataset);
    const two = await startPortal(stage, dataset, { WEB_CONCURRENCY: '2' });
    if (processTree(two.pid).length < 3) {
      throw new Error('WEB_CONCURRENCY=2 has started no processes');
    }
    const [ofOne, ofTwo] = [
      { server: one, requests: await portalRequests(one, dataset, 'invoices?limit=25') },
      { server: two, requests: await portalRequests(two, dataset, 'invoices?limit=25') },
    ];
    const most = await underLoad(stage, ofOne).work(stage.warmUpMs);
    // Each process translates its own code: two need twice the requests to be as warm.
    await underLoad(stage, ofTwo).work(2 * stage.warmUpMs);
    const rate = Math.round((shareOfMost * 1000 * most.completed) / most.elapsedMs);
    const bareRun = (server: Server) =>
      underLoad(stage, { server, requests: bareRequests(dataset.customerIds, 'invoices') }, { rate });
    const bareOne = await startBare(stage, dataset);
    const bareTwo = await startScript(stage, 'bare/two-servers.ts', [dataset.file, dataset.organisationId]);
    const measured = await alternate(stage, {
      bare: underLoad(stage, ofOne, { rate }),
      ours: underLoad(stage, ofTwo, { rate }),
      'bare server': bareRun(bareOne),
      'bare server, two processes': bareRun(bareTwo),
    });
    const comparison = {
      name: 'two-processes',
      work: 'processor time of GET invoices?limit=25 with two processes',
      baseline: 'ours with one process, at the same rate',
      unit: 'µs/request',
      goal: atMost(1.15),
    };
    const times = { bare: column(measured.bare, 'processorUs'), ours: column(measured.ours, 'processorUs') };
    return [
      resultOf(comparison, times, {
        'requests a second asked for': rate,
        'requests a second, one process': median(column(measured.bare, 'perSecond')),
        'requests a second, two processes': median(column(measured.ours, 'perSecond')),
        'processor time of a bare server, µs/request': median(column(measured['bare server'], 'processorUs')),
        'of two bare servers': median(column(measured['bare server, two processes'], 'processorUs')),
        'resident memory, one process, MB': median(column(measured.bare, 'residentMb')),
        'resident memory, two processes, MB': median(column(measured.ours, 'residentMb')),
      }),
    ];
  },
};
