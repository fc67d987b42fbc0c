import { request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isAllowedAddress, problemOfTarget } from '../http/outbound-target.ts';
import { AddressRefused, checkedLookup, systemResolve } from '../http/public-address.ts';
import type { Resolve } from '../http/public-address.ts';

/** How a message is posted. Tests bring their own names, certificates and patience. */
export interface Transport {
  allowsLoopback: boolean;
  resolve?: Resolve;
  /** Certificate authorities to trust besides the usual ones, PEM. */
  ca?: string;
  /** For connecting, sending and the answer together. */
  timeoutMs?: number;
}

/** How an attempt went. `statusCode` is null when there was no answer. */
export interface Posted {
  statusCode: number | null;
  retryAfterMs: number;
  /** In words; null for a success. */
  error: string | null;
}

const userAgent = 'zenskar-portal-webhooks/1';
const defaultTimeoutMs = 15_000;
const drainedBytes = 16_384;

const unanswered = (error: string): Posted => ({ statusCode: null, retryAfterMs: 0, error });

const retryAfterOf = (header: string | undefined, nowMs: number): number => {
  if (header === undefined) {
    return 0;
  }
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0;
};

const judge = (statusCode: number, retryAfterMs: number): Posted => {
  const isRedirect = statusCode >= 300 && statusCode < 400;
  const isSuccess = statusCode >= 200 && statusCode < 300;
  return {
    statusCode,
    retryAfterMs,
    error: isSuccess ? null : `Answered ${statusCode}${isRedirect ? '; redirects are not followed' : ''}`,
  };
};

/** Takes a little of the body, so that the receiver can finish writing; what it says does not matter. */
const drain = async (response: IncomingMessage): Promise<void> => {
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > drainedBytes) {
      return;
    }
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof AddressRefused) {
    return error.message;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host has no address';
    case 'ECONNREFUSED':
      return 'The connection was refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The connection broke off';
    default:
      return /CERT|TLS|SSL|SIGNATURE/i.test(code)
        ? `The certificate was not accepted (${code})`
        : 'The connection failed';
  }
};

const send = (url: URL, options: RequestOptions & { ca?: string }, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });

/**
 * Posts a message to an endpoint: over a connection of its own, to a checked address, without following redirects, within
 * one time limit. Never throws; `signal` gives up early.
 */
export const post = async (
  url: string,
  { headers, body, nowMs }: { headers: Record<string, string>; body: string; nowMs: number },
  { allowsLoopback, resolve = systemResolve, ca, timeoutMs = defaultTimeoutMs }: Transport,
  signal: AbortSignal,
): Promise<Posted> => {
  const problem = problemOfTarget(url, allowsLoopback);
  if (problem !== undefined) {
    return unanswered(problem);
  }
  const isAllowed = (address: string): boolean => isAllowedAddress(address, allowsLoopback);
  const timeout = AbortSignal.timeout(timeoutMs);
  const options = {
    method: 'POST',
    agent: false,
    lookup: checkedLookup(isAllowed, resolve),
    signal: AbortSignal.any([timeout, signal]),
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': userAgent,
      ...headers,
    },
    ...(ca === undefined ? {} : { ca }),
  };
  try {
    const response = await send(new URL(url), options, body);
    const posted = judge(response.statusCode ?? 0, retryAfterOf(response.headers['retry-after'], nowMs));
    await drain(response).catch(() => undefined);
    return posted;
  } catch (error) {
    return unanswered(timeout.aborted ? `No answer within ${timeoutMs / 1000} seconds` : reasonOf(error));
  }
};
