import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { WebhookMessage } from '#contract/webhook-events.ts';

export { WebhookVerificationError };

/** What happened. Branch on `type`. */
export type PortalEvent = WebhookMessage & {
  /** The same in every attempt: keep those you have handled, and skip them when they come again. */
  id: string;
};

/** As `fetch` and as Node's and Express's requests have them. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

const headerOf = (headers: WebhookHeaders, name: string): string => {
  if (headers instanceof Headers) {
    return headers.get(name) ?? '';
  }
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return [found ?? ''].flat()[0] ?? '';
};

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Proves that the portal sent this, within the last five minutes, and answers what it says.
 * @param secret the endpoint's `whsec_…`
 * @param rawBody the body as it arrived: parsed and written again it is no longer the one that was signed
 * @throws WebhookVerificationError when any of that is not so: answer 401
 */
export const verifyWebhook = (secret: string, rawBody: string | Uint8Array, headers: WebhookHeaders): PortalEvent => {
  const proof = Object.fromEntries(names.map((name) => [name, headerOf(headers, name)]));
  const text = typeof rawBody === 'string' ? rawBody : Buffer.from(rawBody).toString('utf8');
  const message = new Webhook(secret).verify(text, proof) as WebhookMessage;
  if (!/^[1-9]\d*$/.test(proof['webhook-timestamp'] ?? '')) {
    throw new WebhookVerificationError('webhook-timestamp is not a number of seconds');
  }
  return { ...message, id: headerOf(headers, 'webhook-id') };
};
