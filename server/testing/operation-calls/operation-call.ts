import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { consoleApi } from '#contract/console-api.ts';
import { merchantApi } from '#contract/merchant-api.ts';
import type { Operation } from '#contract/operation.ts';
import type { Answer } from '../test-server.ts';
import type { World } from './world.ts';

/** What one call sends. The records that it needs are there, so that it succeeds, once. */
export interface OperationCall {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Of an operation that takes records, one a line: all of them. */
  body?: unknown;
  /** Besides the credential, or another credential in its place where the call uses one up. */
  headers?: Record<string, string>;
}

export type MakeCall = (world: World) => OperationCall | Promise<OperationCall>;

/** By what an operation knows its caller; `none` where the operation is itself the way to a credential. */
export type CredentialKind = 'api_key' | 'access_token' | 'staff_cookie' | 'portal_cookie' | 'none';

const waysIn: readonly OperationKey[] = [
  'POST /portal/:organisation_id/session/redeem',
  'POST /session/redeem',
  'POST /console/api/login',
];

export const credentialOf = (key: OperationKey): CredentialKind => {
  if (waysIn.includes(key)) {
    return 'none';
  }
  if (key === 'POST /session/resume') {
    return 'portal_cookie';
  }
  if (key in merchantApi) {
    return 'api_key';
  }
  return key in consoleApi ? 'staff_cookie' : 'access_token';
};

/** The path parameters that name a record: all but the tenant. */
export const recordParamsOf = (key: OperationKey): string[] =>
  [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => name).filter((name) => name !== 'organisation_id');

/** Whether the operation may change something. */
export const isWrite = (key: OperationKey): boolean => !key.startsWith('GET ');

/** The world's own credential for the operation, with what its caller's browser adds. */
export const ownHeaders = ({ server, merchant, portal, staff }: World, key: OperationKey): Record<string, string> => {
  switch (credentialOf(key)) {
    case 'api_key':
      return merchant.headers;
    case 'access_token':
      return portal.headers;
    case 'staff_cookie':
      return isWrite(key) ? { ...staff.headers, origin: server.origin } : staff.headers;
    default:
      return {};
  }
};

/** The path and query of a call. */
export const addressOf = (key: OperationKey, { params = {}, query = {} }: OperationCall): string => {
  const path = key
    .slice(key.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

/** Sends a call with the given credential; the headers of the call itself come on top. */
export const send = (
  world: World,
  key: OperationKey,
  call: OperationCall,
  credential: Record<string, string> = ownHeaders(world, key),
): Promise<Answer> => {
  const operation: Operation = api[key];
  const headers = { ...credential, ...call.headers };
  const method = key.slice(0, key.indexOf(' '));
  return operation.isStream
    ? world.server.request(method, addressOf(key, call), {
        headers: { 'content-type': 'application/x-ndjson', ...headers },
        body: (call.body as unknown[]).map((record) => `${JSON.stringify(record)}\n`).join(''),
      })
    : world.server.request(method, addressOf(key, call), { headers, body: call.body });
};
