import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SigningKey } from './config.ts';

/** 32 random bytes as 43 base64url characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a bearer secret is stored: SHA-256, hex. Enough for 256 random bits; passwords take scrypt instead. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * Stands for a text that somebody typed, which may be a password in the wrong field. Without a signing key nobody can
 * try which text it was.
 */
export const fingerprint = (keys: readonly [SigningKey, ...SigningKey[]], text: string): string =>
  createHmac('sha256', keys[0].key).update(`fingerprint:${text}`).digest('base64url');

const sealingKeys = new WeakMap<SigningKey, Buffer>();

const sealingKey = (signingKey: SigningKey): Buffer => {
  let key = sealingKeys.get(signingKey);
  if (key === undefined) {
    key = Buffer.from(hkdfSync('sha256', signingKey.key.export(), '', 'seal', 32));
    sealingKeys.set(signingKey, key);
  }
  return key;
};

/**
 * Encrypts (AES-256-GCM) a text that holds a secret which has to be read again, so that a copy of the database alone
 * does not give it away. Under the first of the server's signing keys; `unseal` takes any of them.
 */
export const seal = (keys: readonly [SigningKey, ...SigningKey[]], text: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(keys[0]), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${keys[0].kid}.${Buffer.concat([nonce, sealed]).toString('base64url')}`;
};

/** @throws Error when the key that sealed the text is gone from SIGNING_SECRETS, or the text was altered */
export const unseal = (keys: readonly SigningKey[], sealed: string): string => {
  const [kid = '', payload = ''] = sealed.split('.');
  const key = keys.find((candidate) => candidate.kid === kid);
  if (key === undefined) {
    throw new Error(`SIGNING_SECRETS no longer names ${kid}, which a stored secret was sealed with`);
  }
  const bytes = Buffer.from(payload, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
};
