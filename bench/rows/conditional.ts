import { alternate, column } from '../alternate.ts';
import { read } from '../http-client.ts';
import { bareRequests, underLoad } from '../http-contest.ts';
import type { Target } from '../http-contest.ts';
import { portalRequests, startPortal } from '../portal.ts';
import { atLeast, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';
import { prepareUsual, startBare, usualInvoices } from './lists.ts';

/** The same requests, each with what its answer was marked with. @throws when an answer has no ETag */
const withEtags = async ({ server, requests }: Target): Promise<Target> => {
  const conditional = [];
  for (const request of requests) {
    const { etag } = (await read(`${server.origin}${request.path}`, request.headers)).headers;
    if (etag === undefined) {
      throw new Error('The answer has no ETag');
    }
    conditional.push({ ...request, headers: { ...request.headers, 'if-none-match': etag } });
  }
  return { server, requests: conditional, status: 304 };
};

export const conditional: Row = {
  name: 'invoice-list-unchanged',
  about: 'GET invoices with a matching If-None-Match',
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const server = await startPortal(stage, dataset);
    const bareServer = await startBare(stage, dataset);
    const ours = await withEtags({ server, requests: await portalRequests(server, dataset, 'invoices?limit=25') });
    const bare = { server: bareServer, requests: bareRequests(dataset.customerIds, 'invoices') };
    const measured = await alternate(stage, { bare: underLoad(stage, bare), ours: underLoad(stage, ours) });
    const comparison = {
      name: 'invoice-list-unchanged',
      work: `GET invoices?limit=25 with a matching If-None-Match, ${usualInvoices(stage).toLocaleString('en')} invoices`,
      baseline: 'the bare list, whole',
      unit: 'requests/s',
      goal: atLeast(1),
    };
    return [
      resultOf(comparison, {
        bare: column(measured.bare, 'perSecond'),
        ours: column(measured.ours, 'perSecond'),
      }),
    ];
  },
};
