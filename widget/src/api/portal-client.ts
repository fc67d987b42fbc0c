import type { BodyInputOf, OperationKey, ParamsOf, QueryInputOf, ResponseOf } from '#contract/api.ts';
import { ApiError } from './api-error.ts';
import { send } from './send.ts';
import type { HttpAnswer, HttpRequest } from './send.ts';

/** An access token, and whose it is. */
export interface CustomerToken {
  readonly accessToken: string;
  readonly organisationId: string;
  readonly customerId: string;
}

/** Where a client gets its access tokens. */
export interface TokenSource {
  /** A token that is still good, after renewing when it has to be. */
  token(): Promise<CustomerToken>;
  /** The server has refused this token: another one of the same customer, or throws why there is none. */
  replace(refused: CustomerToken, refusal: ApiError): Promise<CustomerToken>;
}

type PortalKey = Extract<OperationKey, `${string} /portal/${string}`>;

interface CallOptions<Key extends PortalKey, Body> extends Pick<
  HttpRequest<Body>,
  'headers' | 'signal' | 'timeoutMs' | 'read'
> {
  /** Path parameters other than the organisation. */
  params?: Omit<ParamsOf<Key>, 'organisation_id'>;
  query?: Partial<QueryInputOf<Key>> | object | undefined;
  body?: BodyInputOf<Key>;
}

const refusals = ['access_token_expired', 'access_token_invalid', 'session_ended'];

/**
 * Calls the portal API by the keys of the contract's route table:
 * `client.call('GET /portal/:organisation_id/invoices', { query, signal })`.
 */
export class PortalClient {
  private readonly apiUrl: string;
  private readonly session: TokenSource;

  /** `apiUrl` is the portal's address, with or without a path below which it lives, without a slash at its end. */
  constructor(apiUrl: string, session: TokenSource) {
    this.apiUrl = apiUrl;
    this.session = session;
  }

  /** @throws ApiError */
  async call<Key extends PortalKey, Body = ResponseOf<Key>>(key: Key, options?: CallOptions<Key, Body>): Promise<Body> {
    return (await this.exchange(key, options)).body;
  }

  /** Like `call`, with the answer's ETag; `read` takes an answer that is not JSON. */
  async exchange<Key extends PortalKey, Body = ResponseOf<Key>>(
    key: Key,
    options: CallOptions<Key, Body> = {},
  ): Promise<HttpAnswer<Body>> {
    const token = await this.session.token();
    try {
      return await this.attempt(key, options, token);
    } catch (error) {
      if (!(error instanceof ApiError) || !refusals.includes(error.code)) throw error;
      return this.attempt(key, options, await this.session.replace(token, error));
    }
  }

  private attempt<Key extends PortalKey, Body>(
    key: Key,
    { params, query, headers, ...request }: CallOptions<Key, Body>,
    { accessToken, organisationId }: CustomerToken,
  ): Promise<HttpAnswer<Body>> {
    const { method, path } = addressOf(key, { ...params, organisation_id: organisationId }, query);
    return send({
      ...request,
      method,
      url: `${this.apiUrl}${path}`,
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
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
