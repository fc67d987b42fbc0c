import { createHmac } from 'node:crypto';

/** What an attack sends, and what it is answered: 401 `access_token_invalid` where nothing else is said. */
export interface Attack {
  name: string;
  token: string;
  code?: 'access_token_expired';
}

/** What the attacker knows: a token that is good at this moment, whose it is, and the server's settings. */
export interface Target {
  token: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: Buffer;
}

/** Text goes as it stands, so that it need not be JSON. */
export const segment = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const hmac = (key: Buffer | string, text: string, hash = 'sha256'): string =>
  createHmac(hash, key).update(text).digest('base64url');

/** A token that is right in all but what is given. */
export const forge = (
  { header, claims, key }: Target,
  parts: { header?: unknown; claims?: unknown; key?: Buffer | string; hash?: string },
): string => {
  const input = `${segment(parts.header ?? header)}.${segment(parts.claims ?? claims)}`;
  return `${input}.${hmac(parts.key ?? key, input, parts.hash)}`;
};

/** Reads a genuine token, so that forging begins with what the server itself writes. */
export const targetOf = (token: string, key: Buffer): Target => {
  const [header = '', claims = ''] = token.split('.');
  const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  return { token, header: read(header), claims: read(claims), key };
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Other ways to write the same bytes: base64url that leaves bits of its last character unused. */
export const sameBytes = (text: string): string[] =>
  [...alphabet]
    .map((last) => text.slice(0, -1) + last)
    .filter((other) => other !== text && Buffer.from(other, 'base64url').equals(Buffer.from(text, 'base64url')));
