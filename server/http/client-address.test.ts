import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (forwarded: string | undefined): IncomingMessage =>
  ({ socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

it.each([
  ['6.6.6.6', 0, '10.0.0.1'],
  [undefined, 1, '10.0.0.1'],
  ['203.0.113.9', 1, '203.0.113.9'],
  ['6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
  ['6.6.6.6,203.0.113.9 , 10.0.0.2', 2, '203.0.113.9'],
  ['203.0.113.9', 3, '203.0.113.9'],
  [' , ,', 1, '10.0.0.1'],
  ['', 1, '10.0.0.1'],
])('X-Forwarded-For %j behind %i proxies is %s', (forwarded, proxies, address) => {
  expect(clientAddress(from(forwarded), proxies)).toBe(address);
});
