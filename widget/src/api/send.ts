import { errorOfFailedFetch, errorOfResponse } from './api-error.ts';
import { withTimeLimit } from './time-limit.ts';

export interface HttpRequest<Body> {
  method: string;
  url: URL | string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Cookies go along only where the portal's own page asks for it. */
  credentials?: RequestCredentials;
  signal?: AbortSignal | undefined;
  /** Default 20 s. */
  timeoutMs?: number;
  /** Reads the body, of a refusal too; undefined when it is not what it should be. Default: JSON. */
  read?: (response: Response) => Promise<Body | undefined>;
}

export interface HttpAnswer<Body> {
  body: Body;
  etag: string | null;
}

/**
 * One request.
 * @throws ApiError for every failure, except that an abort of `signal` throws the signal's own reason.
 */
export async function send<Body>({
  method,
  url,
  body,
  headers,
  signal,
  credentials = 'omit',
  timeoutMs = 20_000,
  read = readJson,
}: HttpRequest<Body>): Promise<HttpAnswer<Body>> {
  signal?.throwIfAborted();
  try {
    return await withTimeLimit(timeoutMs, signal, async (limit) => {
      const response = await fetch(url, {
        method,
        credentials,
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body, asItIs) }),
        signal: limit,
      });
      const content = await read(response);
      if (!response.ok || content === undefined) throw errorOfResponse(response, content);
      return { body: content, etag: response.headers.get('etag') };
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Error && error.name === 'ApiError' ? error : errorOfFailedFetch(error);
  }
}

/** Old libraries give arrays a `toJSON` that writes them as text. */
function asItIs(this: Record<string, unknown>, key: string): unknown {
  return this[key];
}

async function readJson<Body>(response: Response): Promise<Body | undefined> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
