import { randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { merchantOrigin } from '../datasets/dataset.ts';
import type { SqliteDataset } from '../datasets/sqlite-dataset.ts';
import type { Target } from '../http-contest.ts';
import { launch } from '../processes.ts';
import type { Stage } from '../stage.ts';
import { installRival } from './install.ts';

/** The handler that most would write, with its defaults, on the very file that ours reads. */
export const startExpressKysely = async (stage: Stage, dataset: SqliteDataset): Promise<Target> => {
  const folder = await installRival('express-kysely', [], stage.progress);
  const secret = randomBytes(32).toString('base64url');
  const server = await launch({
    name: 'express-kysely',
    args: [`${folder}server.mjs`, dataset.file, dataset.organisationId, secret, merchantOrigin],
    environment: { NODE_ENV: 'production' },
  });
  stage.defer(server.stop);
  return {
    server,
    requests: dataset.customerIds.map((customerId) => ({
      method: 'GET',
      path: '/api/invoices?limit=25',
      headers: {
        authorization: `Bearer ${jwt.sign({ sub: customerId }, secret, { expiresIn: '1h' })}`,
        origin: merchantOrigin,
      },
    })),
  };
};
