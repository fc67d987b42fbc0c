import { forge, hmac, sameBytes, segment } from './token-attacks-forge.ts';
import type { Attack, Target } from './token-attacks-forge.ts';

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The genuine token with something about its text changed. Bytes beyond ASCII stand as they go over the wire. */
export const otherTexts = (target: Target): Attack[] => {
  const { token } = target;
  const [header = '', claims = '', signature = ''] = token.split('.');
  const inserts = [
    ' ',
    '\t',
    '%20',
    '%00',
    '%0a',
    '+',
    '/',
    '=',
    '==',
    '.',
    ',',
    ';',
    '"',
    "'",
    '\\',
    '~',
    '#',
    '?',
    '&',
    '\u00a0',
    '\u0085',
  ];
  const wide = [
    '\ufeff',
    '\u200b',
    '\u2060',
    '\u202e',
    '\u00ad',
    '\u2028',
    '\u3000',
    '．',
    '。',
    '\u0661',
    'Ａ',
    '🙂',
  ].map(bytes);
  const places = [
    0,
    1,
    header.length,
    header.length + 1,
    token.length - signature.length,
    token.length - 1,
    token.length,
  ];
  const isHttps = (text: string, place: number): boolean => /^[ \t]$/.test(text) && place === token.length;
  const inserted = [...inserts, ...wide].flatMap((text) =>
    places
      .filter((place) => !isHttps(text, place))
      .map((place) => ({
        name: `${JSON.stringify(text)} at ${place}`,
        token: token.slice(0, place) + text + token.slice(place),
      })),
  );
  const parts: Record<string, string> = {
    'no header': `.${claims}.${signature}`,
    'no claims': `${header}..${signature}`,
    'no signature': `${header}.${claims}.`,
    'no third part': `${header}.${claims}`,
    'header alone': header,
    'one dot': '.',
    'two dots': '..',
    'four dots': '....',
    'four parts': `${token}.${signature}`,
    'five parts, as encrypted tokens have': `${segment({ alg: 'dir', enc: 'A256GCM' })}..${signature.slice(0, 16)}.${claims}.${signature.slice(0, 22)}`,
    'parts swapped': `${claims}.${header}.${signature}`,
    twice: `${token}.${token}`,
    'twice with a comma': `${token},${token}`,
    'in quotes': `"${token}"`,
    'in angle brackets': `<${token}>`,
    'with the scheme again': `Bearer.${token}`,
    'percent-encoded dots': token.replaceAll('.', '%2E'),
    reversed: [...token].reverse().join(''),
    capitals: token.toUpperCase(),
    'small letters': token.toLowerCase(),
    'flattened JSON': JSON.stringify({ protected: header, payload: claims, signature }),
    'general JSON': JSON.stringify({ payload: claims, signatures: [{ protected: header, signature }] }),
    'look-alike dots': token.replaceAll('.', bytes('․')),
    'look-alike letters': token.replace('e', bytes('е')),
    undefined: 'undefined',
    null: 'null',
    object: '[object Object]',
  };
  const padded = [header, claims, signature].flatMap((_, position) =>
    ['=', '==', '===', '%3D'].map((padding) => ({
      name: `padding ${padding} after part ${position}`,
      token: [header, claims, signature].map((part, at) => (at === position ? part + padding : part)).join('.'),
    })),
  );
  return [...inserted, ...Object.entries(parts).map(([name, text]) => ({ name, token: text })), ...padded];
};

/** Other texts of the same header, claims and signature, each signed over as it stands where that can be. */
export const otherWritings = (target: Target): Attack[] => {
  const [header = '', claims = '', signature = ''] = target.token.split('.');
  const signed = (head: string, body: string): string => `${head}.${body}.${hmac(target.key, `${head}.${body}`)}`;
  const headerText = JSON.stringify(target.header);
  const claimsText = JSON.stringify(target.claims);
  const jsons = (text: string): string[] => [
    `${text} `,
    ` ${text}`,
    `\ufeff${text}`,
    text.replace('{', '{ '),
    text.replace(':', ': '),
    text.replace('}', ',}'),
    text.replace('}', '}}'),
    text.replace('{', '{/**/'),
    text.replaceAll('"', "'"),
    text.replace(/"(\w)/, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
    text.replace('{', '{"__proto__":{"admin":true},'),
    text.replace('{', `{"alg":"none","iss":"https://evil.example",`),
    text.replace('}', ',"typ":"at+jwt"}'),
    text.replace('}', `,"sub":${JSON.stringify(target.claims['sub'])}}`),
    text.replace('}', ',"alg":"none"}'),
    text.slice(0, -1),
    `[${text}]`,
    JSON.stringify(text),
    'null',
    '1',
    'true',
    '[]',
    '{}',
    '""',
  ];
  return [
    ...sameBytes(header).map((text) => ({ name: 'spare bits of the header', token: signed(text, claims) })),
    ...sameBytes(claims).map((text) => ({ name: 'spare bits of the claims', token: signed(header, text) })),
    ...sameBytes(signature).map((text) => ({
      name: 'spare bits of the signature',
      token: `${header}.${claims}.${text}`,
    })),
    ...jsons(headerText).map((text) => ({
      name: `header ${text.slice(0, 50)}`,
      token: forge(target, { header: text }),
    })),
    ...jsons(claimsText).map((text) => ({
      name: `claims ${text.slice(0, 50)}`,
      token: forge(target, { claims: text }),
    })),
    { name: 'claims in UTF-16', token: signed(header, Buffer.from(claimsText, 'utf16le').toString('base64url')) },
    {
      name: 'claims with a byte that is not UTF-8',
      token: signed(
        header,
        Buffer.from(claimsText.replace('invoices', 'invoices\xff'), 'latin1').toString('base64url'),
      ),
    },
    { name: 'a token in a token', token: forge(target, { claims: target.token }) },
    {
      name: 'a token in a token, said so',
      token: forge(target, { header: { ...target.header, cty: 'JWT' }, claims: target.token }),
    },
    { name: 'claims not encoded', token: `${header}.${claimsText}.${hmac(target.key, `${header}.${claimsText}`)}` },
  ];
};

/** Signatures that a lazy comparison takes. */
export const otherSignatures = (target: Target): Attack[] => {
  const [header = '', claims = '', signature = ''] = target.token.split('.');
  const input = `${header}.${claims}`;
  const raw = Buffer.from(signature, 'base64url');
  const signatures: Record<string, string> = {
    zeros: Buffer.alloc(32).toString('base64url'),
    ones: Buffer.alloc(32, 255).toString('base64url'),
    'zero r and s': Buffer.from('3006020100020100', 'hex').toString('base64url'),
    'half of it': raw.subarray(0, 16).toString('base64url'),
    'one byte of it': raw.subarray(0, 1).toString('base64url'),
    'all but one byte': raw.subarray(0, 31).toString('base64url'),
    'one byte more': Buffer.concat([raw, Buffer.alloc(1)]).toString('base64url'),
    twice: Buffer.concat([raw, raw]).toString('base64url'),
    hexadecimal: raw.toString('hex'),
    'encoded twice': Buffer.from(signature).toString('base64url'),
    'of the claims alone': hmac(target.key, claims),
    'of the header alone': hmac(target.key, header),
    'of the parts without their dot': hmac(target.key, header + claims),
    'of the parts with a dot behind': hmac(target.key, `${input}.`),
    'of the parts in turn': hmac(target.key, `${claims}.${header}`),
    'SHA-1': hmac(target.key, input, 'sha1'),
    'SHA-384': hmac(target.key, input, 'sha384'),
    'SHA-512': hmac(target.key, input, 'sha512'),
    MD5: hmac(target.key, input, 'md5'),
    'the header': header,
    'standard alphabet': Buffer.from(signature, 'base64url').toString('base64'),
  };
  return Object.entries(signatures).map(([name, text]) => ({ name: `signature ${name}`, token: `${input}.${text}` }));
};
