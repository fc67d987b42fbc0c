import { expect, test } from '@playwright/test';
import { secretsIn } from './secrets/forms.ts';
import { SecretSearch } from './secrets/search.ts';

const secret = { kind: 'example', text: 'q7_XvT-2mKd9LwZr4HsB8cYpN1fGuJ6eAoQiWk3Dx5M' };
const raw = Buffer.from(secret.text, 'base64url');

const spelled: Record<string, Buffer> = {
  'as it is': Buffer.from(secret.text),
  'in UTF-16': Buffer.from(secret.text, 'utf16le'),
  'in UTF-16, big end first': Buffer.from(secret.text, 'utf16le').swap16(),
  'in hex': Buffer.from(Buffer.from(secret.text).toString('hex')),
  'in base64, first': Buffer.from(Buffer.from(secret.text).toString('base64')),
  'in base64, behind one byte': Buffer.from(Buffer.from(`x${secret.text}yz`).toString('base64')),
  'in base64, behind two bytes': Buffer.from(Buffer.from(`xx${secret.text}y`).toString('base64')),
  'as bytes': raw,
  'as bytes in hex': Buffer.from(raw.toString('hex')),
  'as bytes in base64': Buffer.from(raw.toString('base64')),
};

test('a secret is found however it is written down, and only then', () => {
  const search = new SecretSearch([secret]);
  for (const [name, bytes] of Object.entries(spelled)) {
    for (const before of [0, 1, 2, 3, 4095]) {
      const content = Buffer.concat([Buffer.alloc(before, 'a'), bytes, Buffer.from('tail')]);
      expect(search.find(content).length, name).toBeGreaterThan(0);
    }
    expect(search.find(Buffer.concat([bytes.subarray(0, 10), bytes.subarray(11)])), name).toEqual([]);
  }
});

test('secrets are known by their form', () => {
  const organisation = '0199a000-0000-7000-8000-00000000dead';
  const text = [
    `{"session_token":"${organisation}_${organisation}_${secret.text}"}`,
    `authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwIn0.${secret.text}`,
    `{"redeem_nonce":"a-nonce-of-the-browser"}`,
    `x-api-key: zsk_${'a'.repeat(49)}`,
  ].join('\n');
  expect(secretsIn(text).map(({ kind }) => kind)).toEqual(['API key', 'session token', 'access token', 'redeem nonce']);
});
