import { describe, expect, it } from 'vitest';
import { newSessionToken, parseSessionToken } from './session-token.ts';

const organisationId = 'c3b949f8-633f-4fec-9105-e2b3a4d06b98';
const customerId = '063f8b97-f795-4f0b-89b4-88b114c83f44';

describe('a session token', () => {
  it('is read back, also when its secret contains the separator', () => {
    expect(parseSessionToken(newSessionToken({ organisationId, customerId }))).toEqual({ organisationId, customerId });
    const underscores = `${organisationId}_${customerId}_${'_'.repeat(43)}`;
    expect(parseSessionToken(underscores)).toEqual({ organisationId, customerId });
  });

  it.each([
    ['', 'empty'],
    [`${organisationId}_${customerId}_${'a'.repeat(42)}`, 'short'],
    [`${organisationId}_${customerId}_${'a'.repeat(44)}`, 'long'],
    [`${organisationId}_${customerId}_${'a'.repeat(42)}=`, 'padded'],
    [`${organisationId}-${customerId}-${'a'.repeat(43)}`, 'other separators'],
    [`${organisationId}_${'z'.repeat(36)}_${'a'.repeat(43)}`, 'no uuid'],
  ])('refuses %j (%s)', (token) => {
    expect(parseSessionToken(token)).toBeUndefined();
  });
});
