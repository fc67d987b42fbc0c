import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = /^zsk_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/;

const base62 = (value: bigint, length: number): string => {
  let rest = value;
  let text = '';
  for (let position = 0; position < length; position += 1) {
    text = `${alphabet.charAt(Number(rest % 62n))}${text}`;
    rest /= 62n;
  }
  return text;
};

const checksum = (text: string): string => base62(BigInt(crc32(text)), 6);

/** `zsk_`, 256 random bits as 43 base62 characters, and a checksum that lets scanners tell a real key from noise. */
export const newApiKey = (): string => {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43);
  return `zsk_${secret}${checksum(secret)}`;
};

/** Whether the text can be a key at all; says nothing about whether it was ever given out. */
export const isApiKey = (text: string): boolean => form.test(text) && checksum(text.slice(4, 47)) === text.slice(47);
