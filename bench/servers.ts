import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import packageJson from '../package.json' with { type: 'json' };
import { merchantOrigin } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { startScript } from './processes.ts';
import type { Server } from './processes.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

/** What `npm start` tells Node: without it V8 lets garbage of 200 MB gather before it looks for any. */
const nodeOptions = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** Ours, with everything that `npm start` has. */
export const startPortal = async (dataset: Pick<Dataset, 'file'>): Promise<Server> => {
  const port = await freePort();
  const environment = {
    DATABASE_URL: `sqlite:${dataset.file}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_SESSION: '0',
    TRANSFERS_AT_ONCE: '0',
    SIGNING_SECRETS: `bench:${randomBytes(32).toString('base64url')}`,
  };
  return startScript('portal-server.ts', [], environment, nodeOptions);
};

/** The baseline of the list. */
export const startBareList = (dataset: Dataset): Promise<Server> =>
  startScript('bare/list-server.ts', [dataset.file, dataset.organisationId]);

/** The baseline of the export. */
export const startBareExport = (dataset: Dataset): Promise<Server> =>
  startScript('bare/export-server.ts', [dataset.file, dataset.organisationId]);

const postJson = async (
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, string>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Record<string, string>;
};

/** A one-time session token, as a merchant's backend gets it. */
export const createSession = async (
  server: Server,
  { organisationId, apiKey }: Dataset,
  customerId: string,
): Promise<string> => {
  const created = await postJson(
    `${server.origin}/customer/session`,
    { organisation: organisationId, 'x-api-key': apiKey },
    { customer_id: customerId, return_url: merchantOrigin },
  );
  return created['session_token'] ?? '';
};

/** An access token, as the widget gets it. */
export const openSession = async (server: Server, dataset: Dataset, customerId: string): Promise<string> => {
  const opened = await postJson(
    `${server.origin}/portal/${dataset.organisationId}/session/redeem`,
    { origin: merchantOrigin },
    {
      session_token: await createSession(server, dataset, customerId),
      redeem_nonce: randomBytes(16).toString('base64url'),
    },
  );
  return opened['access_token'] ?? '';
};
