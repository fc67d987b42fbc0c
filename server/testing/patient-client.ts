import { setTimeout as delay } from 'node:timers/promises';

/** What came of a request; `answer` is undefined when the connection broke and the request must not be sent twice. */
export interface Sent {
  answer: PatientAnswer | undefined;
  /** How often it was sent. */
  attempts: number;
  /** Statuses and connection errors of the attempts before the last. */
  setbacks: string[];
}

export interface PatientAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface PatientRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** May be sent again after a broken connection: a read, or a write with an Idempotency-Key. */
  isRepeatable: boolean;
}

const pauseMs = 20;

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause ?? error);
};

/** Nothing of the request has reached a server. */
const isRefused = (reason: string): boolean => reason === 'ECONNREFUSED';

/**
 * A client as a merchant writes one: it keeps connections, waits as long as `Retry-After` says on 409 and 503, and sends
 * what is repeatable again when the connection breaks. @throws when that has not helped for `patienceMs`
 */
export const sendPatiently = async (
  origin: () => string,
  { method, path, headers = {}, body, isRepeatable }: PatientRequest,
  { patienceMs = 90_000, retryAfterCapMs = 1000 } = {},
): Promise<Sent> => {
  const setbacks: string[] = [];
  const startedAt = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    let waitMs = pauseMs;
    try {
      const response = await fetch(`${origin()}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const retryAfter = response.headers.get('retry-after');
      if (retryAfter === null) {
        const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
        const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
        return { answer: { status: response.status, headers: response.headers, body: parsed }, attempts, setbacks };
      }
      setbacks.push(String(response.status));
      waitMs = Math.min(Number(retryAfter) * 1000, retryAfterCapMs);
    } catch (error) {
      const reason = reasonOf(error);
      setbacks.push(reason);
      if (!isRepeatable && !isRefused(reason)) {
        return { answer: undefined, attempts, setbacks };
      }
    }
    if (performance.now() - startedAt > patienceMs) {
      throw new Error(`${method} ${path} did not get through: ${setbacks.slice(-10).join(', ')}`);
    }
    await delay(waitMs);
  }
};
