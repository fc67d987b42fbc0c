/** A secret, and what it is. */
export interface Secret {
  kind: string;
  text: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Secrets that are known by their form wherever they stand; the group is the part that alone is secret enough. */
export const forms = [
  { kind: 'API key', pattern: /zsk_([0-9A-Za-z]{49})/g },
  { kind: 'session token', pattern: new RegExp(`${uuid}_${uuid}_([A-Za-z0-9_-]{43})`, 'g') },
  { kind: 'access token', pattern: /eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.([A-Za-z0-9_-]{43})/g },
  { kind: 'webhook secret', pattern: /whsec_([A-Za-z0-9+/]{32,}={0,2})/g },
  { kind: 'portal cookie', pattern: /__Host-zenskar_portal=([A-Za-z0-9_-]{43})/g },
  { kind: 'staff cookie', pattern: /__Host-zenskar_console=([A-Za-z0-9_-]{43})/g },
] as const;

/** Secrets that only the field tells in which they are sent. */
const fields = [
  { kind: 'redeem nonce', pattern: /"redeem_nonce":"([A-Za-z0-9_-]{16,128})"/g },
  { kind: 'password', pattern: /"password":"((?:\\.|[^"\\]){8,})"/g },
] as const;

/** All secrets in a text. */
export const secretsIn = (text: string): Secret[] =>
  [...forms, ...fields].flatMap(({ kind, pattern }) =>
    Array.from(text.matchAll(pattern), ([, secret = '']) => ({ kind, text: secret })),
  );
