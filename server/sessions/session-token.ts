import { Id } from '#contract/primitives.ts';
import { newSecret } from '../secrets.ts';

const uuidLength = 36;
const secretLength = 43;
const customerStart = uuidLength + 1;
const secretStart = customerStart + uuidLength + 1;
const tokenLength = secretStart + secretLength;

export interface SessionTokenParts {
  organisationId: string;
  customerId: string;
}

/** `{organisation uuid}_{customer uuid}_{43 base64url}`: single use, for a few minutes. */
export const newSessionToken = ({ organisationId, customerId }: SessionTokenParts): string =>
  `${organisationId}_${customerId}_${newSecret()}`;

/** Reads a token by fixed offsets: its secret may itself contain `_`. Undefined when it cannot be a token. */
export const parseSessionToken = (token: string): SessionTokenParts | undefined => {
  const organisationId = token.slice(0, uuidLength);
  const customerId = token.slice(customerStart, customerStart + uuidLength);
  const isToken =
    token.length === tokenLength &&
    token.charAt(uuidLength) === '_' &&
    token.charAt(secretStart - 1) === '_' &&
    Id.safeParse(organisationId).success &&
    Id.safeParse(customerId).success &&
    /^[A-Za-z0-9_-]{43}$/.test(token.slice(secretStart));
  return isToken ? { organisationId, customerId } : undefined;
};
