import { alternate, column } from '../alternate.ts';
import { sqliteDataset } from '../datasets/sqlite-dataset.ts';
import type { SqliteDataset } from '../datasets/sqlite-dataset.ts';
import { assertSameRows, bareRequests, underLoad } from '../http-contest.ts';
import type { Target } from '../http-contest.ts';
import { merchantHeaders, portalRequests, startPortal, startScript } from '../portal.ts';
import type { Server } from '../processes.ts';
import { atLeast, median, resultOf } from '../result.ts';
import type { Goal } from '../result.ts';
import type { Row, Stage } from '../stage.ts';

/** Invoices of the data set that most rows work on; a smoke run has few. */
export const usualInvoices = (stage: Stage): number => (stage.isQuick ? 10_000 : 1_000_000);

export const prepareUsual = (stage: Stage): Promise<SqliteDataset> =>
  sqliteDataset({ invoices: usualInvoices(stage) }, stage.progress);

export const startBare = (stage: Stage, { file, organisationId }: SqliteDataset): Promise<Server> =>
  startScript(stage, 'bare/sqlite-server.ts', [file, organisationId]);

interface List {
  name: string;
  about: string;
  bareList: string;
  rows: number;
  goal?: Goal;
  requests(server: Server, dataset: SqliteDataset): Promise<Target['requests']>;
}

const ofPortal =
  (path: string) =>
  (server: Server, dataset: SqliteDataset): Promise<Target['requests']> =>
    portalRequests(server, dataset, path);

const ofMerchant =
  (path: string) =>
  (_server: Server, dataset: SqliteDataset): Promise<Target['requests']> =>
    Promise.resolve([{ method: 'GET', path, headers: merchantHeaders(dataset) }]);

const rowOf = ({ name, about, bareList, rows, goal, requests }: List): Row => ({
  name,
  about: `GET ${about}`,
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const server = await startPortal(stage, dataset);
    const bareServer = await startBare(stage, dataset);
    const ours = { server, requests: await requests(server, dataset) };
    const bare = { server: bareServer, requests: bareRequests(dataset.customerIds, bareList) };
    if (rows > 0) {
      await assertSameRows([ours, bare], rows);
    }
    const measured = await alternate(stage, { bare: underLoad(stage, bare), ours: underLoad(stage, ours) });
    const comparison = {
      name,
      work: `GET ${about}, ${usualInvoices(stage).toLocaleString('en')} invoices`,
      baseline: 'node:http + prepared statement + JSON.stringify',
      unit: 'requests/s',
      ...(goal === undefined ? {} : { goal }),
    };
    const rates = { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') };
    return [
      resultOf(comparison, rates, {
        'processor time a request, bare, µs': median(column(measured.bare, 'processorUs')),
        'processor time a request, ours, µs': median(column(measured.ours, 'processorUs')),
        'processor kept busy, bare, %': median(column(measured.bare, 'busyPercent')),
        'processor kept busy, ours, %': median(column(measured.ours, 'busyPercent')),
      }),
    ];
  },
});

export const lists: readonly Row[] = [
  rowOf({
    name: 'invoice-list',
    about: 'invoices?limit=25',
    bareList: 'invoices',
    rows: 25,
    goal: atLeast(0.7),
    requests: ofPortal('invoices?limit=25'),
  }),
  rowOf({
    name: 'payment-list',
    about: 'payments?limit=25',
    bareList: 'payments',
    rows: 25,
    requests: ofPortal('payments?limit=25'),
  }),
  rowOf({
    name: 'entitlement-list',
    about: 'entitlements?limit=25',
    bareList: 'entitlements',
    rows: 20,
    requests: ofPortal('entitlements?limit=25'),
  }),
  rowOf({
    name: 'merchant-invoice-list',
    about: '/invoices?limit=25 with an API key',
    bareList: 'merchant-invoices',
    rows: 25,
    requests: ofMerchant('/invoices?limit=25'),
  }),
  rowOf({
    name: 'merchant-customer-list',
    about: '/customers?limit=25 with an API key',
    bareList: 'merchant-customers',
    rows: 25,
    requests: ofMerchant('/customers?limit=25'),
  }),
];
