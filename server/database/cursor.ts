import { timingSafeEqual } from 'node:crypto';
import type { SigningKey } from '../config.ts';
import { invalid } from '../http/errors.ts';
import { hmacOf } from './hmac.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';

export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

/** A place in an ordered list: just after, or just before, the row with this value and id. */
export interface Position {
  towards: 'next' | 'previous';
  value: string | number;
  id: string;
}

/** What a cursor is good for, and nothing else. */
export interface CursorList {
  /** Whose list it is: an organisation's, or one customer's. */
  scope: OrganisationScope | CustomerScope;
  /** The name of the list and its order. */
  name: string;
}

const signature = (signingKey: SigningKey, { scope, name }: CursorList, payload: string): string => {
  const owner = `${scope.organisationId}:${'customerId' in scope ? scope.customerId : ''}`;
  return hmacOf(signingKey, `cursor:${owner}:${name}:${payload}`);
};

export const writeCursor = (keys: SigningKeys, list: CursorList, { towards, value, id }: Position): string => {
  const payload = Buffer.from(JSON.stringify([towards, value, id])).toString('base64url');
  return `${payload}.${signature(keys[0], list, payload)}`;
};

/** @throws HttpError 422 `cursor_invalid` when the cursor was altered, or made for another owner, list or order. */
export const readCursor = (keys: SigningKeys, list: CursorList, cursor: string): Position => {
  const [payload = '', mac = '', ...rest] = cursor.split('.');
  const given = Buffer.from(mac);
  const isSigned = keys.some((key) => {
    const expected = Buffer.from(signature(key, list, payload));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (!isSigned || rest.length > 0) {
    const msg = 'Use a cursor from this list, with the order that it was given for';
    throw invalid([{ loc: ['query', 'cursor'], msg, type: 'cursor_invalid' }], 'cursor_invalid');
  }
  const [towards, value, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    Position['towards'],
    string | number,
    string,
  ];
  return { towards, value, id };
};
