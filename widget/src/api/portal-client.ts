import type { BodyInputOf, OperationKey, ParamsOf, QueryInputOf, ResponseOf } from '#contract/api.ts';
import { ApiError } from './api-error.ts';
import { send } from './send.ts';
import type { HttpAnswer } from './send.ts';

/** Where a client gets its access tokens. */
export interface TokenSource {
  /** A token that is still good, after renewing when it has to be. */
  token(): Promise<{ accessToken: string; organisationId: string }>;
  /** The server has refused this token: makes a better one, or throws why there is none. */
  replace(accessToken: string, refusal: ApiError): Promise<void>;
}

type PortalKey = Extract<OperationKey, `${string} /portal/${string}`>;

interface CallOptions<Key extends PortalKey> {
  /** Path parameters other than the organisation. */
  params?: Omit<ParamsOf<Key>, 'organisation_id'>;
  query?: Partial<QueryInputOf<Key>> | object | undefined;
  body?: BodyInputOf<Key>;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

const refusals = ['access_token_expired', 'access_token_invalid', 'session_ended'];

/**
 * Calls the portal API by the keys of the contract's route table:
 * `client.call('GET /portal/:organisation_id/invoices', { query, signal })`.
 */
export class PortalClient {
  private readonly apiUrl: string;
  private readonly session: TokenSource;

  /** `apiUrl` is the portal's address, with or without a path below which it lives. */
  constructor(apiUrl: string, session: TokenSource) {
    this.apiUrl = apiUrl.replace(/\/+$/, '');
    this.session = session;
  }

  /** @throws ApiError */
  async call<Key extends PortalKey>(key: Key, options: CallOptions<Key> = {}): Promise<ResponseOf<Key>> {
    return (await this.exchange(key, options)).body;
  }

  /** Like `call`, with the answer's ETag. */
  async exchange<Key extends PortalKey>(
    key: Key,
    options: CallOptions<Key> = {},
  ): Promise<HttpAnswer<ResponseOf<Key>>> {
    const { accessToken, organisationId } = await this.session.token();
    try {
      return await this.attempt(key, options, accessToken, organisationId);
    } catch (error) {
      if (!(error instanceof ApiError) || !refusals.includes(error.code)) throw error;
      await this.session.replace(accessToken, error);
      const fresh = await this.session.token();
      return this.attempt(key, options, fresh.accessToken, fresh.organisationId);
    }
  }

  private attempt<Key extends PortalKey>(
    key: Key,
    { params, query, body, headers, signal }: CallOptions<Key>,
    accessToken: string,
    organisationId: string,
  ): Promise<HttpAnswer<ResponseOf<Key>>> {
    const { method, path } = addressOf(key, { ...params, organisation_id: organisationId }, query);
    return send({
      method,
      url: `${this.apiUrl}${path}`,
      body,
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      signal,
    });
  }
}

/** The method and the address of an operation, with the values in their places. */
export function addressOf(
  key: OperationKey,
  values: Record<string, string> = {},
  query?: object,
): { method: string; path: string } {
  const [method = '', path = ''] = key.split(' ');
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(values[name] ?? ''));
  return { method, path: `${filled}${queryString(query)}` };
}

function queryString(query: object = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) if (item !== undefined && item !== null) parameters.append(name, String(item));
  }
  return parameters.size ? `?${parameters}` : '';
}
