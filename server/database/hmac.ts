import { hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const blockBytes = 64;

/** What a key begins each of the two hashes of RFC 2104 with. */
interface Pads {
  inner: Buffer;
  outer: Buffer;
}

const padsOf = (key: KeyObject): Pads => {
  const given = key.export();
  const secret = given.length > blockBytes ? Buffer.from(hash('sha256', given, 'hex'), 'hex') : given;
  const pad = (byte: number): Buffer =>
    Buffer.from(Array.from({ length: blockBytes }, (_, index) => (secret[index] ?? 0) ^ byte));
  return { inner: pad(0x36), outer: pad(0x5c) };
};

const known = new WeakMap<KeyObject, Pads>();

/**
 * HMAC-SHA-256 of a text, in base64url. Node's own makes an object and a context of OpenSSL's for each; two hashes in one
 * step each take half of that, and a list has one or two cursors to sign.
 */
export const hmacOf = ({ key }: { key: KeyObject }, text: string): string => {
  const pads = known.get(key) ?? padsOf(key);
  known.set(key, pads);
  const inside = hash('sha256', Buffer.concat([pads.inner, Buffer.from(text)]), 'hex');
  return hash('sha256', Buffer.concat([pads.outer, Buffer.from(inside, 'hex')]), 'base64url');
};
