import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { merchantOrigin } from './datasets/dataset.ts';
import type { Dataset } from './datasets/dataset.ts';
import type { LoadRequest } from './load/load.ts';
import { freePort, launch } from './processes.ts';
import type { Server } from './processes.ts';
import type { Stage } from './stage.ts';

/** What `npm start` tells Node: without it V8 lets garbage of 200 MB gather before it looks for any. */
const nodeOptions = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

const program = fileURLToPath(new URL('../server/zenskar-portal.mjs', import.meta.url));

/** More than any load here sends: every request is counted as in production, and none refused. */
const noLimit = '1000000000';

let started = 0;

/** Ours, as `npm start` runs it, with everything on that is on by default. It ends with the row. */
export const startPortal = async (
  stage: Stage,
  { url }: Pick<Dataset, 'url'>,
  environment: Record<string, string> = {},
): Promise<Server> => {
  const port = await freePort();
  started += 1;
  const server = await launch({
    name: `portal-${started}`,
    args: [...nodeOptions, ...stage.portalFlags, program, 'serve', '--json'],
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: url,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      RATE_LIMIT_KEY: noLimit,
      RATE_LIMIT_SESSION: noLimit,
      PINNED_FOLDER: 'off',
      SIGNING_SECRETS: `bench:${randomBytes(32).toString('base64url')}`,
      ...environment,
    },
    port,
  });
  stage.defer(server.stop);
  return server;
};

/** A baseline or a rival: a script in this folder. It ends with the row. */
export const startScript = async (stage: Stage, script: string, args: readonly string[]): Promise<Server> => {
  const name = script.replaceAll(/[/.]/g, '-');
  const server = await launch({ name, args: [fileURLToPath(new URL(script, import.meta.url)), ...args] });
  stage.defer(server.stop);
  return server;
};

const patienceMs = 30_000;

const postJson = async (
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, string>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Record<string, string>;
};

export const merchantHeaders = ({ organisationId, apiKey }: Dataset): Record<string, string> => ({
  organisation: organisationId,
  'x-api-key': apiKey,
});

/** A one-time session token, as a merchant's backend gets it. */
export const createSession = async (server: Server, dataset: Dataset, customerId: string): Promise<string> => {
  const created = await postJson(`${server.origin}/customer/session`, merchantHeaders(dataset), {
    customer_id: customerId,
    return_url: merchantOrigin,
  });
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

export const portalHeaders = (accessToken: string): Record<string, string> => ({
  authorization: `Bearer ${accessToken}`,
  origin: merchantOrigin,
});

/** The same request of each sampled customer, each in a session of its own. `path` follows the organisation. */
export const portalRequests = async (server: Server, dataset: Dataset, path: string): Promise<LoadRequest[]> => {
  const requests: LoadRequest[] = [];
  for (const customerId of dataset.customerIds) {
    requests.push({
      method: 'GET',
      path: `/portal/${dataset.organisationId}/${path}`,
      headers: portalHeaders(await openSession(server, dataset, customerId)),
    });
  }
  return requests;
};
