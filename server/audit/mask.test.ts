import { expect, it } from 'vitest';
import { maskSecrets } from './mask.ts';

const id = '0199f8b9-0000-7000-8000-00000000000a';
const apiKey = `zsk_${'aB3'.repeat(16)}z`;
const sessionToken = `${id}_${id}_${'aB3_-xY'.repeat(6)}Q`;
const webhookSecret = `whsec_${'Q9/+'.repeat(11)}`;
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

it.each([
  ['an API key', { note: apiKey }, { note: '[masked]' }],
  ['an API key in a sentence', { note: `use ${apiKey} today` }, { note: 'use [masked] today' }],
  ['a webhook secret', { note: webhookSecret }, { note: '[masked]' }],
  ['a session token', { note: sessionToken }, { note: '[masked]' }],
  [
    'a session token in an address',
    { at: `https://b.example/session/${sessionToken}?x=1` },
    { at: 'https://b.example/session/[masked]?x=1' },
  ],
  ['a session token in capitals', { note: sessionToken.replaceAll(id, id.toUpperCase()) }, { note: '[masked]' }],
  ['an access token', { note: `Bearer ${jwt}` }, { note: 'Bearer [masked]' }],
  ['an access token without its signature', { note: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' }, { note: '[masked]' }],
  ['two secrets in one text', { note: `${apiKey} ${jwt}` }, { note: '[masked] [masked]' }],
  ['one in a list', { seen: ['fine', apiKey] }, { seen: ['fine', '[masked]'] }],
  ['one deep inside', { one: { two: [{ three: jwt }] } }, { one: { two: [{ three: '[masked]' }] } }],
  ['one as a name', { [apiKey]: 1 }, { '[masked]': 1 }],
  ['what is called a secret', { client_secret: 'x' }, { client_secret: '[masked]' }],
  ['what is called a password', { newPassword: 'hunter2' }, { newPassword: '[masked]' }],
  ['what is called a token', { token: { value: 'x' } }, { token: '[masked]' }],
  ['what is called an API key', { api_key: 'abc', apiKey: 'abc' }, { api_key: '[masked]', apiKey: '[masked]' }],
  ['a header', { Authorization: 'Basic eA==' }, { Authorization: '[masked]' }],
  ['a nonce and a cookie', { redeem_nonce: 'n', cookie: 'a=b' }, { redeem_nonce: '[masked]', cookie: '[masked]' }],
])('masks %s', (_, detail, expected) => {
  expect(maskSecrets(detail)).toEqual(expected);
});

it.each([
  { api_key_id: id, webhook_endpoint_id: id, token_prefix: 'zsk_a1b2', api_key_last_four: 'Zz09', secret_hint: '…x' },
  { fields: ['secret', 'address'], reason: 'token_reused', password_changed_at: '2026-11-23T12:00:00.000Z' },
  { amount: 1050, currency: 'USD', read_only: true, external_id: null, nothing: undefined },
  { session_id: id, origin: 'https://shop.example', api_key_name: 'Backend', tokens_count: 3 },
  { invoice_number: 'INV-2026-000017', name: 'Eyjafjallajökull', customer_name: 'zsk_ & whsec_ Ltd' },
])('leaves alone what says which, and not what: %j', (detail) => {
  expect(maskSecrets(detail)).toEqual(detail);
});
