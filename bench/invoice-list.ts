import autocannon from 'autocannon';
import { merchantOrigin, prepareDataset } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { Server } from './processes.ts';
import { openSession, startBareList, startPortal } from './servers.ts';
import { median, spreadPercent } from './result.ts';
import type { Row } from './result.ts';

const rounds = 5;
const roundS = 4;
const connections = 32;

interface Target {
  server: Server;
  requests: autocannon.Request[];
}

const startOurs = async (dataset: Dataset): Promise<Target> => {
  const server = await startPortal(dataset);
  const requests = [];
  for (const customerId of dataset.customerIds) {
    const accessToken = await openSession(server, dataset, customerId);
    requests.push({
      method: 'GET',
      path: `/portal/${dataset.organisationId}/invoices?limit=25`,
      headers: { authorization: `Bearer ${accessToken}`, origin: merchantOrigin },
    } as const);
  }
  return { server, requests };
};

const startBare = async (dataset: Dataset): Promise<Target> => ({
  server: await startBareList(dataset),
  requests: dataset.customerIds.map((customerId) => ({ method: 'GET', path: `/${customerId}` })),
});

const requestsPerSecond = async ({ server, requests }: Target, durationS: number): Promise<number> => {
  const result = await autocannon({ url: server.origin, connections, duration: durationS, requests });
  if (result.non2xx > 0 || result.errors > 0 || result.timeouts > 0) {
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors, ${result.timeouts} time-outs under load`);
  }
  return result.requests.average;
};

const idsOf = async ({ server, requests }: Target, index: number): Promise<string[]> => {
  const request = requests[index];
  const response = await fetch(`${server.origin}${request?.path ?? ''}`, {
    headers: (request?.headers ?? {}) as Record<string, string>,
  });
  return ((await response.json()) as { results: { id: string }[] }).results.map((row) => row.id);
};

const assertSameRows = async (ours: Target, bare: Target): Promise<void> => {
  for (const index of [0, ours.requests.length - 1]) {
    const [ourIds, bareIds] = await Promise.all([idsOf(ours, index), idsOf(bare, index)]);
    if (ourIds.length !== 25 || ourIds.join() !== bareIds.join()) {
      throw new Error('The two servers do not answer the same 25 rows');
    }
  }
};

/** Measures several servers in turn, so that what else the machine does hits all alike. */
const alternate = async (targets: Target[]): Promise<number[][]> => {
  for (const target of targets) {
    await requestsPerSecond(target, 2);
  }
  const measured = targets.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of targets.entries()) {
      measured[index]?.push(await requestsPerSecond(target, roundS));
    }
  }
  return measured;
};

/** The invoice list with the complete middleware, on 1,000,000 and on 10,000 invoices. */
export const benchInvoiceList = async (): Promise<Row[]> => {
  const large = await prepareDataset(1_000_000);
  const small = await prepareDataset(10_000);
  const targets = [await startOurs(large), await startBare(large), await startOurs(small)] as const;
  try {
    await assertSameRows(targets[0], targets[1]);
    const [ours = [], bare = [], oursSmall = []] = await alternate([...targets]);
    const ratio = median(ours) / median(bare);
    const growth = median(ours) / median(oursSmall);
    return [
      {
        work: 'GET invoices?limit=25 on 1,000,000 invoices',
        baseline: 'node:http + prepared statement',
        unit: 'requests/s',
        baselineMedian: median(bare),
        ourMedian: median(ours),
        ratio,
        goal: '>= 0.35',
        isMet: ratio >= 0.35,
        spreadPercent: spreadPercent(ours),
      },
      {
        work: 'the same, 1,000,000 against 10,000 invoices',
        baseline: 'ours on 10,000',
        unit: 'requests/s',
        baselineMedian: median(oursSmall),
        ourMedian: median(ours),
        ratio: growth,
        goal: '>= 0.9',
        isMet: growth >= 0.9,
        spreadPercent: spreadPercent(ours),
      },
    ];
  } finally {
    await Promise.all(targets.map((target) => target.server.stop()));
  }
};
