import { alternate, column } from '../alternate.ts';
import { barePostgresSessions } from '../bare/postgres-sessions.ts';
import { inClosedLoop } from '../closed-loop.ts';
import { postgresCopy, postgresDataset } from '../datasets/postgres-dataset.ts';
import { assertSameRows, bareRequests, underLoad } from '../http-contest.ts';
import { portalRequests, startPortal, startScript } from '../portal.ts';
import { atLeast, median, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';
import { usualInvoices } from './lists.ts';
import { sessionsOfOurs, visitorsAtOnce } from './sessions.ts';

const listRow = (name: string, path: string, bareList: string, isGoal: boolean): Row => ({
  name,
  about: `GET ${path} on PostgreSQL`,
  run: async (stage) => {
    const cluster = await stage.postgres();
    const dataset = await postgresDataset(cluster, usualInvoices(stage), stage.progress);
    const server = await startPortal(stage, dataset);
    const bareServer = await startScript(stage, 'bare/postgres-server.ts', [
      cluster.superuserUrl(dataset.database),
      dataset.organisationId,
    ]);
    const ours = { server, requests: await portalRequests(server, dataset, path) };
    const bare = { server: bareServer, requests: bareRequests(dataset.customerIds, bareList) };
    await assertSameRows([ours, bare], 25);
    const measured = await alternate(stage, { bare: underLoad(stage, bare), ours: underLoad(stage, ours) });
    const comparison = {
      name,
      work: `GET ${path} on PostgreSQL ${cluster.version}, ${dataset.invoices.toLocaleString('en')} invoices`,
      baseline: 'node:http + pg, prepared, + JSON.stringify',
      unit: 'requests/s',
      ...(isGoal ? { goal: atLeast(0.7) } : {}),
    };
    const rates = { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') };
    return [
      resultOf(comparison, rates, {
        'processor time a request, bare, µs': median(column(measured.bare, 'processorUs')),
        'processor time a request, ours, µs': median(column(measured.ours, 'processorUs')),
        'resident memory, ours, MB': median(column(measured.ours, 'residentMb')),
        'database, bytes': dataset.bytes,
      }),
    ];
  },
});

const sessions: Row = {
  name: 'postgres-sessions',
  about: 'session create and redeem, durable, on PostgreSQL',
  run: async (stage) => {
    const cluster = await stage.postgres();
    const whole = await postgresDataset(cluster, 10_000, stage.progress);
    const dataset = await postgresCopy(cluster, whole, 'sessions');
    const bareDataset = await postgresCopy(cluster, whole, 'sessions_bare');
    const [key] = await cluster.run(bareDataset.database, ['select id from api_key limit 1']);
    const bare = barePostgresSessions(cluster.superuserUrl(bareDataset.database), {
      organisationId: dataset.organisationId,
      customerId: dataset.customerIds[0] ?? '',
      apiKeyId: String(key?.['id']),
    });
    stage.defer(bare.close);
    const measured = await alternate(stage, {
      bare: { work: (ms) => inClosedLoop(ms, visitorsAtOnce, bare.open) },
      ours: await sessionsOfOurs(stage, dataset),
    });
    const comparison = {
      name: 'postgres-sessions',
      work: `create and redeem a session on PostgreSQL ${cluster.version}, durable, ${visitorsAtOnce} at once`,
      baseline: 'two bare transactions of the same rows, pg',
      unit: 'sessions/s',
      goal: atLeast(0.5),
    };
    return [
      resultOf(comparison, { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') }),
    ];
  },
};

export const postgresRows: readonly Row[] = [
  listRow('postgres-invoice-list', 'invoices?limit=25', 'invoices', true),
  listRow('postgres-payment-list', 'payments?limit=25', 'payments', false),
  sessions,
];
