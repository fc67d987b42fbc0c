import type { BodyInputOf, OperationKey, ParamsOf, ResponseOf } from '#contract/api.ts';
import { ApiError } from '../../../widget/src/api/api-error.ts';
import { addressOf } from '../../../widget/src/api/portal-client.ts';
import { send } from '../../../widget/src/api/send.ts';
import type { HttpAnswer, HttpRequest } from '../../../widget/src/api/send.ts';

type ConsoleKey = Extract<OperationKey, `${string} /console/${string}`>;

interface CallOptions<Key extends ConsoleKey, Body> extends Pick<
  HttpRequest<Body>,
  'signal' | 'timeoutMs' | 'read' | 'headers'
> {
  params?: ParamsOf<Key>;
  query?: object;
  body?: BodyInputOf<Key>;
}

/**
 * Calls the console API by the keys of the contract's route table. When the session has ended, `logIn` is asked to see
 * to a new one: reading then goes on by itself, and what would change something is left to be asked for again.
 */
export class ConsoleClient {
  private readonly logIn: () => Promise<unknown>;

  constructor(logIn: () => Promise<unknown>) {
    this.logIn = logIn;
  }

  /** @throws ApiError */
  async call<Key extends ConsoleKey, Body = ResponseOf<Key>>(
    key: Key,
    options: CallOptions<Key, Body> = {},
  ): Promise<Body> {
    return (await this.exchange(key, options)).body;
  }

  /** Like `call`, with the ETag of the answer. */
  async exchange<Key extends ConsoleKey, Body = ResponseOf<Key>>(
    key: Key,
    options: CallOptions<Key, Body> = {},
  ): Promise<HttpAnswer<Body>> {
    try {
      return await this.send(key, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'staff_login_required') throw error;
      const renewed = this.logIn();
      if (!key.startsWith('GET ')) throw error;
      await renewed;
      return this.send(key, options);
    }
  }

  /** Like `call`, without asking for a new session. */
  async attempt<Key extends ConsoleKey, Body = ResponseOf<Key>>(
    key: Key,
    options: CallOptions<Key, Body> = {},
  ): Promise<Body> {
    return (await this.send(key, options)).body;
  }

  private send<Key extends ConsoleKey, Body>(
    key: Key,
    { params, query, body, ...request }: CallOptions<Key, Body>,
  ): Promise<HttpAnswer<Body>> {
    const { method, path } = addressOf(key, params as Record<string, string> | undefined, query);
    return send<Body>({
      ...request,
      method,
      url: path,
      body: body ?? (method === 'GET' ? undefined : {}),
      credentials: 'same-origin',
    });
  }
}
