import { sameBytes } from './token-attacks-forge.ts';

/** A secret text, written otherwise: by name of what was done to it. */
export type Altered = [name: string, text: string];

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** What any random secret must not be confused with, in ASCII, so that every header can carry it. */
export const alterations = (secret: string): Altered[] => {
  const changed: Altered[] = [
    ['capitals', secret.toUpperCase()],
    ['small letters', secret.toLowerCase()],
    ['cases swapped', swapCase(secret)],
    ['reversed', [...secret].reverse().join('')],
    ['twice', secret + secret],
    ['with a comma', `${secret},${secret}`],
    ['in quotes', `"${secret}"`],
    ['in single quotes', `'${secret}'`],
    ['percent-encoded', [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
    ['first letter percent-encoded', `%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}`],
    ['with an encoded NUL', `${secret}%00`],
    ['with an encoded line feed', `${secret}%0a`],
    ['padded', `${secret}=`],
    ['padded twice', `${secret}==`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['standard alphabet', secret.replaceAll('-', '+').replaceAll('_', '/')],
    ['a dot behind it', `${secret}.`],
    ['a wildcard', `${secret.slice(0, -1)}%`],
    ['another wildcard', `${secret.slice(0, -1)}*`],
    ['as SQL', `${secret}' or '1'='1`],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['true', 'true'],
    ['0', '0'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['all', '%'],
  ];
  const spare = sameBytes(secret).map((text): Altered => ['spare bits', text]);
  const cut = [...secret].map((_, at): Altered => [`cut off at ${at}`, secret.slice(0, at)]);
  const flipped = [...secret].map((letter, at): Altered => [
    `another character at ${at}`,
    `${secret.slice(0, at)}${letter === 'a' ? 'b' : 'a'}${secret.slice(at + 1)}`,
  ]);
  return [...changed, ...spare, ...cut, ...flipped].filter(([, text]) => text !== secret);
};

/** What looks the same to people: beyond ASCII, for credentials that travel in JSON. */
export const lookAlikes = (secret: string): Altered[] => [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u0000',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\u202e',
    '\u2060',
    '\u00ad',
    '\ud800',
    '🙂',
  ].flatMap((text): Altered[] => [
    [`${JSON.stringify(text)} before it`, text + secret],
    [`${JSON.stringify(text)} behind it`, secret + text],
    [`${JSON.stringify(text)} within it`, `${secret.slice(0, 40)}${text}${secret.slice(40)}`],
    [`${JSON.stringify(text)} in the place of a character`, `${secret.slice(0, 40)}${text}${secret.slice(41)}`],
  ]),
  ['full-width letters', secret.replace(/[a-z0-9]/i, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))],
  ['full-width underscores', secret.replaceAll('_', '＿')],
  ['other hyphens', secret.replaceAll('-', '‐')],
  ['non-breaking hyphens', secret.replaceAll('-', '\u2011')],
  ['Arabic digits', secret.replace(/[0-9]/, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
  [
    'mathematical letters',
    secret.replace(/[a-f]/, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)),
  ],
  ['Cyrillic letters', secret.replaceAll('a', 'а').replaceAll('c', 'с').replaceAll('e', 'е')],
  ['decomposed', `${secret.slice(0, -1)}${secret.slice(-1)}\u0301`],
];
