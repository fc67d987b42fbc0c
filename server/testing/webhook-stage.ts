import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';
import type { Dependencies } from '../dependencies.ts';
import { createWebhookWorker } from '../webhooks/worker.ts';
import type { WebhookWorker, WorkerSettings } from '../webhooks/worker.ts';
import { addCustomer } from './builders/customers.ts';
import { merchantClient } from './merchant-client.ts';
import type { MerchantClient } from './merchant-client.ts';
import type { TestServer } from './test-server.ts';
import type { Received, Receiver } from './webhook-receiver.ts';
import { startReceiver } from './webhook-receiver.ts';

/** A merchant with one endpoint that hears all, on a server that delivers only when told. */
export interface WebhookStage {
  merchant: MerchantClient;
  receiver: Receiver;
  /** `/webhook_endpoints/{id}` of the endpoint. */
  path: string;
  endpointId: string;
  secret: string;
  customerId: string;
  worker: WebhookWorker;
  /** Creates a session, which is an event; answers the session's id. */
  happen(): Promise<string>;
  /** The newest delivery, as the merchant API shows it. */
  delivery(): Promise<Record<string, unknown>>;
  endpoint(): Promise<Record<string, unknown>>;
}

/** Attempts come without jitter unless `settings` say otherwise. */
export const workerOf = (
  dependencies: Dependencies,
  settings: WorkerSettings & { allowsLoopback?: boolean } = {},
): WebhookWorker => {
  const { allowsLoopback = true, ...worker } = settings;
  const config = { ...dependencies.config, allowsLoopbackWebhooks: allowsLoopback };
  return createWebhookWorker({ ...dependencies, config }, { random: () => 0, ...worker });
};

/** What the Standard Webhooks library makes of a message at that moment. @throws WebhookVerificationError */
export const verified = (secret: string, { headers, body }: Received, nowMs: number): Record<string, unknown> => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
  try {
    return new Webhook(secret).verify(body, headers) as Record<string, unknown>;
  } finally {
    vi.useRealTimers();
  }
};

/** The server must allow webhooks to the loopback. */
export const webhookStage = async (
  server: TestServer,
  endpoint: Record<string, unknown> = {},
): Promise<WebhookStage> => {
  const organisation = await server.addOrganisation();
  const merchant = merchantClient(server, organisation);
  const receiver = await startReceiver();
  const created = await merchant.post('/webhook_endpoints', { url: receiver.url, ...endpoint });
  if (created.status !== 200) {
    throw new Error(`No endpoint: ${created.text}`);
  }
  const path = `/webhook_endpoints/${String(created.body['id'])}`;
  const customerId = await addCustomer(server, organisation.id);
  return {
    merchant,
    receiver,
    path,
    endpointId: String(created.body['id']),
    secret: String(created.body['secret']),
    customerId,
    worker: workerOf(server.dependencies),
    happen: async () => {
      const session = await merchant.post('/customer/session', {
        customer_id: customerId,
        return_url: 'https://shop.example/account',
        session_key: 'cart-7',
      });
      return String(session.body['session_id']);
    },
    delivery: async () => {
      const list = await merchant.get(`${path}/deliveries?limit=1`);
      return (list.body['results'] as Record<string, unknown>[])[0] ?? {};
    },
    endpoint: async () => (await merchant.get(path)).body,
  };
};
