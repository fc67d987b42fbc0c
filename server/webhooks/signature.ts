import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const secretBytes = 32;

/** A secret in the form of the Standard Webhooks specification: `whsec_` and base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(secretBytes).toString('base64')}`;

export interface Message {
  id: string;
  /** When this attempt is made. */
  at: Date;
  body: string;
}

/** The headers that prove a message, with one signature a secret. */
export const signedHeaders = (secrets: readonly string[], { id, at, body }: Message): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});
