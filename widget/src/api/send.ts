import { errorOfFailedFetch, errorOfResponse } from './api-error.ts';

export interface HttpRequest {
  method: string;
  url: URL | string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Cookies go along only where the portal's own page asks for it. */
  credentials?: RequestCredentials;
  signal?: AbortSignal | undefined;
  /** Default 20 s. */
  timeoutMs?: number;
}

export interface HttpAnswer<Body> {
  body: Body;
  etag: string | null;
}

/**
 * One JSON request.
 * @throws ApiError for every failure, except that an abort of `signal` throws the signal's own reason.
 */
export async function send<Body>(request: HttpRequest): Promise<HttpAnswer<Body>> {
  const { method, url, body, headers, signal, credentials = 'omit', timeoutMs = 20_000 } = request;
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      credentials,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const content = parseJson(await response.text());
    if (!response.ok || content === undefined) throw errorOfResponse(response, content);
    return { body: content as Body, etag: response.headers.get('etag') };
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Error && error.name === 'ApiError' ? error : errorOfFailedFetch(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
