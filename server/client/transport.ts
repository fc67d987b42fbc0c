import { setTimeout as delay } from 'node:timers/promises';
import type { ErrorBody } from '#contract/errors.ts';
import { PortalApiError, PortalConnectionError } from './portal-api-error.ts';

/** One request, as often as it takes. */
export interface Outgoing {
  method: string;
  /** Beginning with `/`, with its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal | undefined;
}

export interface TransportSettings {
  baseUrl: string;
  fetch: typeof fetch;
  /** Milliseconds for one attempt, with reading the answer. */
  timeoutMs: number;
  /** Attempts after the first. */
  maxRetries: number;
}

const firstDelayMs = 250;
const longestWaitMs = 30_000;

/** Failures before a byte was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const gatewayStatuses = new Set([502, 504]);
const refusedStatuses = new Set([429, 503]);

/** Whether sending the request twice has the effect of sending it once. */
const isRepeatable = ({ method, headers }: Outgoing): boolean =>
  method === 'GET' || method === 'PUT' || headers['idempotency-key'] !== undefined;

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
};

const mayRetry = (error: unknown, outgoing: Outgoing): boolean => {
  if (error instanceof PortalApiError) {
    return refusedStatuses.has(error.status) || (gatewayStatuses.has(error.status) && isRepeatable(outgoing));
  }
  return error instanceof PortalConnectionError && (isRepeatable(outgoing) || notSent.has(codeOf(error.cause)));
};

const waitMs = (error: unknown, attempt: number): number =>
  error instanceof PortalApiError && error.retryAfter !== null
    ? error.retryAfter * 1000
    : firstDelayMs * 2 ** attempt * (0.5 + Math.random() / 2);

const retryAfterOf = (response: Response): number | null => {
  const header = response.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(header) ? Number(header) : null;
};

const bodyOf = (text: string): Partial<ErrorBody> => {
  try {
    const body = JSON.parse(text) as unknown;
    return typeof body === 'object' && body !== null && 'code' in body ? (body as Partial<ErrorBody>) : {};
  } catch {
    return {};
  }
};

const attempt = async <Answer>(
  settings: TransportSettings,
  { method, path, headers, body, signal }: Outgoing,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> => {
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  try {
    const response = await settings.fetch(`${settings.baseUrl}${path}`, {
      method,
      headers,
      // The key goes to the portal and to nobody whom it might name.
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) {
      throw new PortalApiError(response.status, bodyOf(await response.text()), retryAfterOf(response));
    }
    return await read(response);
  } catch (error) {
    if (error instanceof PortalApiError) {
      throw error;
    }
    signal?.throwIfAborted();
    throw new PortalConnectionError(
      timeout.aborted
        ? `The portal did not answer within ${settings.timeoutMs / 1000} seconds`
        : `The portal at ${settings.baseUrl} could not be reached`,
      { cause: error },
    );
  }
};

/**
 * Sends a request and reads its answer. Tries again, a few times and each time later, where that cannot do harm: when the
 * portal says that it did nothing (429, 503), and after a lost connection when the request is
 * one that may arrive twice.
 * @throws PortalApiError, PortalConnectionError
 */
export const send = async <Answer>(
  settings: TransportSettings,
  outgoing: Outgoing,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> => {
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt(settings, outgoing, read);
    } catch (error) {
      const ms = waitMs(error, tried);
      if (tried >= settings.maxRetries || ms > longestWaitMs || !mayRetry(error, outgoing)) {
        throw error;
      }
      await delay(ms, undefined, outgoing.signal === undefined ? {} : { signal: outgoing.signal });
    }
  }
};
