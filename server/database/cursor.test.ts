import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SigningKey } from '../config.ts';
import { readCursor, writeCursor } from './cursor.ts';

const newKey = (kid: string): SigningKey => ({ kid, key: createSecretKey(randomBytes(32)) });
const old = newKey('old');
const current = newKey('current');
const list = { scope: { organisationId: 'org', customerId: 'customer' }, name: 'invoices:-created_at' };

describe('a cursor', () => {
  it.each([
    ['2026-11-23T12:00:00.000Z', 'next'],
    ['Ünïcode "quoted" 100%', 'previous'],
    ['', 'next'],
    [0, 'next'],
    [-12.1, 'previous'],
    [Number.MAX_VALUE, 'next'],
  ] as const)('brings back the place %j, %s', (value, towards) => {
    const cursor = writeCursor([current], list, { towards, value, id: 'some-id' });
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    expect(readCursor([current], list, cursor)).toEqual({ towards, value, id: 'some-id' });
  });

  it('outlives a change of the signing key, until the old key is taken away', () => {
    const cursor = writeCursor([old], list, { towards: 'next', value: 1, id: 'some-id' });
    expect(readCursor([current, old], list, cursor).id).toBe('some-id');
    expect(() => readCursor([current], list, cursor)).toThrow(expect.objectContaining({ code: 'cursor_invalid' }));
  });

  it.each([
    ['order', { ...list, name: 'invoices:created_at' }],
    ['list', { ...list, name: 'payments:-created_at' }],
    ['customer', { ...list, scope: { organisationId: 'org', customerId: 'another' } }],
    ['organisation', { ...list, scope: { organisationId: 'another', customerId: 'customer' } }],
    ['list of all customers', { ...list, scope: { organisationId: 'org' } }],
  ])('is of no use in another %s', (_what, other) => {
    const cursor = writeCursor([current], list, { towards: 'next', value: 1, id: 'some-id' });
    expect(() => readCursor([current], other, cursor)).toThrow(
      expect.objectContaining({ status: 422, code: 'cursor_invalid' }),
    );
  });
});
