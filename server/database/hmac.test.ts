import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { hmacOf } from './hmac.ts';

it.each([1, 32, 63, 64, 65, 200])('is the HMAC that Node makes, with a key of %i bytes', (bytes) => {
  const key = createSecretKey(randomBytes(bytes));
  for (const text of ['', 'a', 'cursor:Zürich 漢字 😀', 'x'.repeat(5_000)]) {
    const expected = createHmac('sha256', key).update(text).digest('base64url');
    expect([hmacOf({ key }, text), hmacOf({ key }, text)]).toEqual([expected, expected]);
  }
});
