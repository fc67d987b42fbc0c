import { randomBytes } from 'node:crypto';
import { alternate, column } from '../alternate.ts';
import type { Contender } from '../alternate.ts';
import { bareSessions } from '../bare/session-commits.ts';
import { inClosedLoop, inThisProcess } from '../closed-loop.ts';
import { merchantOrigin } from '../datasets/dataset.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { readApiKeyId, scratchCopy, sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { clientOf } from '../http-client.ts';
import { merchantHeaders, startPortal } from '../portal.ts';
import { atLeast, median, resultOf } from '../result.ts';
import type { Row, Stage } from '../stage.ts';

/** As many merchants' visitors arrive at once. */
export const visitorsAtOnce = 8;

/** Creates a session as a merchant's backend does, and redeems it as the widget does. */
export const sessionsOfOurs = async (stage: Stage, dataset: Dataset): Promise<Contender> => {
  const server = await startPortal(stage, dataset);
  const client = clientOf(server.origin);
  stage.defer(client.close);
  const { customerIds, organisationId } = dataset;
  let turn = 0;
  const openOne = async (): Promise<void> => {
    turn += 1;
    const created = await client.call({
      method: 'POST',
      path: '/customer/session',
      headers: merchantHeaders(dataset),
      body: { customer_id: customerIds[turn % customerIds.length], return_url: merchantOrigin },
    });
    await client.call({
      method: 'POST',
      path: `/portal/${organisationId}/session/redeem`,
      headers: { origin: merchantOrigin },
      body: {
        session_token: created.body['session_token'],
        redeem_nonce: randomBytes(16).toString('base64url'),
      },
    });
  };
  return { server, work: (ms) => inClosedLoop(ms, visitorsAtOnce, openOne) };
};

export const sessions: Row = {
  name: 'sessions',
  about: 'session create and redeem, durable, on SQLite',
  run: async (stage) => {
    const whole = await sqliteDataset({ invoices: 10_000 }, stage.progress);
    const dataset = await scratchCopy(whole, 'sessions');
    const bareDataset = await scratchCopy(whole, 'sessions-bare');
    const [customerId = ''] = dataset.customerIds;
    const openBare = bareSessions(bareDataset.file, {
      organisationId: dataset.organisationId,
      customerId,
      apiKeyId: readApiKeyId(bareDataset),
    });
    const measured = await alternate(stage, {
      bare: { work: (ms) => inThisProcess(ms, openBare) },
      ours: await sessionsOfOurs(stage, dataset),
    });
    const comparison = {
      name: 'sessions',
      work: `create and redeem a session, durable, ${visitorsAtOnce} at once`,
      baseline: 'two bare commits of the same rows, better-sqlite3',
      unit: 'sessions/s',
      goal: atLeast(0.5),
    };
    const rates = { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') };
    return [
      resultOf(comparison, rates, {
        'processor time a session, ours, µs': median(column(measured.ours, 'processorUs')),
      }),
    ];
  },
};
