import { forge } from './token-attacks-forge.ts';
import type { Attack, Target } from './token-attacks-forge.ts';

const wrongTexts: unknown[] = [null, 1, true, '', [], {}, { toString: 'x' }];
const wrongNumbers: unknown[] = [null, true, '', 'soon', [], {}, 1.5, -0.5];

/** Claims left out, of other types, and more than there are: all under the right key. */
export const claimShapes = (target: Target): Attack[] => {
  const attacks: Attack[] = [];
  for (const [name, value] of Object.entries(target.claims)) {
    const { [name]: _, ...rest } = target.claims;
    attacks.push({ name: `without ${name}`, token: forge(target, { claims: rest }) });
    const isNumber = typeof value === 'number';
    for (const wrong of [...(isNumber ? [...wrongNumbers, String(value)] : wrongTexts), [value], { value }]) {
      const claims = { ...target.claims, [name]: wrong };
      attacks.push({ name: `${name} as ${JSON.stringify(wrong)}`, token: forge(target, { claims }) });
    }
  }
  for (const name of ['admin', 'role', 'ISS', 'sub ', 'constructor', 'cnf', 'act', 'nonce', 'auth_time', '']) {
    attacks.push({
      name: `one claim more: "${name}"`,
      token: forge(target, { claims: { ...target.claims, [name]: 1 } }),
    });
  }
  return attacks;
};

const hour = 3600;

/** Times that no token of ours has. A past `exp` under the right key is a token that was good once. */
export const claimTimes = (target: Target): Attack[] => {
  const now = Number(target.claims['iat']);
  const written = JSON.stringify(target.claims);
  const raw = (name: string, value: string): string =>
    written.replace(`"${name}":${String(target.claims[name])}`, `"${name}":${value}`);
  const changed: [Record<string, unknown>, Attack['code']?][] = [
    [{ exp: now }],
    [{ exp: now - 1 }],
    [{ exp: 0 }],
    [{ exp: -1 }],
    [{ exp: -1e308 }],
    [{ exp: now + 301 }],
    [{ exp: now + 10 * 365 * 24 * hour }],
    [{ exp: 2 ** 31 }],
    [{ exp: 2 ** 53 - 1 }],
    [{ exp: 2 ** 53 }],
    [{ exp: 1e21 }],
    [{ exp: 1e308 }],
    [{ exp: now * 1000 }],
    [{ nbf: now + 1 }],
    [{ nbf: now + hour, exp: now + hour + 300 }],
    [{ nbf: 1e308 }],
    [{ nbf: 2 ** 53 }],
    [{ nbf: now - 1 }],
    [{ nbf: -1e308 }],
    [{ iat: now + 1 }],
    [{ iat: now + hour, exp: now + 100 }],
    [{ iat: now - hour }],
    [{ iat: 0 }],
    [{ iat: -1 }],
    [{ iat: -1e308 }],
    [{ iat: 1e308 }],
    [{ iat: now - hour, nbf: now - hour, exp: now - hour + 300 }, 'access_token_expired'],
  ];
  const texts = [
    'NaN',
    'Infinity',
    '-Infinity',
    `${now + 200}.0`,
    '2e9',
    `0${now + 200}`,
    `+${now + 200}`,
    '0x7fffffff',
    '-0',
    '1_0',
  ];
  return [
    ...changed.map(([change, code]) => ({
      name: `times ${JSON.stringify(change)}`,
      token: forge(target, { claims: { ...target.claims, ...change } }),
      ...(code === undefined ? {} : { code }),
    })),
    ...['exp', 'nbf', 'iat'].flatMap((name) =>
      texts.map((text) => ({ name: `${name} written as ${text}`, token: forge(target, { claims: raw(name, text) }) })),
    ),
  ];
};

/** Whose the token is, changed to somebody else who really exists: a neighbour in the organisation, and a stranger. */
export const claimSwaps = (
  target: Target,
  { neighbour, stranger }: { neighbour: Target; stranger: Target },
): Attack[] => {
  const { iss, aud } = target.claims as { iss: string; aud: string };
  const taken = ({ claims }: Target, names: string[]) => Object.fromEntries(names.map((name) => [name, claims[name]]));
  const owners = [
    ...[['sub'], ['sid']].map((names) => taken(neighbour, names)),
    ...[
      ['sub'],
      ['sid'],
      ['client_id'],
      ['sub', 'sid'],
      ['client_id', 'sub'],
      ['client_id', 'sid'],
      ['client_id', 'sub', 'sid'],
    ].map((names) => taken(stranger, names)),
    { sub: target.claims['sid'], sid: target.claims['sub'] },
    { sub: target.claims['client_id'] },
  ];
  const elsewhere = [
    ...[
      `${iss}/`,
      iss.toUpperCase(),
      iss.replace('https', 'http'),
      `${iss}:443`,
      `${iss}.`,
      'https://evil.example',
      aud,
    ].map((text) => ({ iss: text })),
    ...[iss, `${aud}/`, `${iss}/console`, aud.toUpperCase(), [aud], [aud, 'x'], 'https://evil.example/portal', '*'].map(
      (text) => ({ aud: text }),
    ),
  ];
  return [...owners, ...elsewhere].map((change) => ({
    name: `claims ${JSON.stringify(change)}`,
    token: forge(target, { claims: { ...target.claims, ...change } }),
  }));
};
