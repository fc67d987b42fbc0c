import type { Secret } from './forms.ts';

interface Needle {
  secret: Secret;
  spelling: string;
  bytes: Buffer;
}

/** Base64 of a text depends on where in the whole it stands: three ways, less what its neighbours decide. */
const base64Of = (text: string, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
      .toString(encoding)
      .replace(/=+$/, '');
    const first = offset === 0 ? 0 : offset + 1;
    const last = (offset + Buffer.byteLength(text)) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(first, last);
  });

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** Every way in which a secret may have been written down. */
const spellingsOf = (secret: Secret): Needle[] => {
  const { text } = secret;
  const hex = Buffer.from(text).toString('hex');
  const isRandom = /^[A-Za-z0-9_-]{43}$/.test(text);
  const raw = Buffer.from(isRandom ? text : '', 'base64url');
  const spellings: [string, Buffer][] = [
    ['as it is', Buffer.from(text)],
    ['in small letters', Buffer.from(text.toLowerCase())],
    ['in UTF-16', utf16(text)],
    ['in UTF-16, big end first', utf16(text).swap16()],
    ['in hex', Buffer.from(hex)],
    ['in hex capitals', Buffer.from(hex.toUpperCase())],
    ['URL-encoded', Buffer.from(encodeURIComponent(text))],
    ...base64Of(text, 'base64').map((part): [string, Buffer] => ['in base64', Buffer.from(part)]),
    ...base64Of(text, 'base64url').map((part): [string, Buffer] => ['in base64url', Buffer.from(part)]),
    ['as bytes', raw],
    ['as bytes in hex', Buffer.from(raw.toString('hex'))],
    ['as bytes in base64', Buffer.from(raw.toString('base64').replace(/=+$/, ''))],
  ];
  // Of several that come to the same the first gives its name.
  const unlike = new Map(
    spellings.reverse().map(([spelling, bytes]) => [bytes.toString('latin1'), { secret, spelling, bytes }]),
  );
  return [...unlike.values()].filter(({ bytes }) => bytes.length >= 8);
};

const tailBytes = 4;
const bitsOfFilter = 22;

/** Where a tail's number is looked up before anything is compared. */
const slotOf = (tail: number): number => Math.imul(tail, 0x9e3779b1) >>> (32 - bitsOfFilter);

/** Looks for many secrets at once, by the last four bytes of each of their spellings. */
export class SecretSearch {
  private readonly filter = new Uint8Array(2 ** bitsOfFilter);
  private readonly byTail = new Map<number, Needle[]>();

  constructor(secrets: readonly Secret[]) {
    for (const needle of secrets.flatMap(spellingsOf)) {
      const tail = needle.bytes.readUInt32LE(needle.bytes.length - tailBytes);
      this.filter[slotOf(tail)] = 1;
      this.byTail.set(tail, [...(this.byTail.get(tail) ?? []), needle]);
    }
  }

  /** How each secret that is in there is spelled. */
  find(content: Buffer): { secret: Secret; spelling: string }[] {
    const found = new Set<Needle>();
    for (let at = 0; at + tailBytes <= content.length; at += 1) {
      const tail = content.readUInt32LE(at);
      if (this.filter[slotOf(tail)] === 1) {
        for (const needle of this.byTail.get(tail) ?? []) {
          const start = at + tailBytes - needle.bytes.length;
          if (start >= 0 && needle.bytes.equals(content.subarray(start, at + tailBytes))) {
            found.add(needle);
          }
        }
      }
    }
    return [...found].map(({ secret, spelling }) => ({ secret, spelling }));
  }
}
