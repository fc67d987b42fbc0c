import { z } from 'zod';

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether plain http is acceptable there: only on the machine itself. */
export const isSecureOrLocal = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.has(url.hostname));

const plainHost = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/;

/**
 * Whether the host is a name or an address and nothing more. A URL may also have `*`, `;`, `,` or `'` in it, which mean
 * something else in a Content-Security-Policy: any host, or the end of a directive.
 */
export const hasPlainHost = (url: URL): boolean => plainHost.test(url.hostname);

/**
 * Reads an origin as browsers write it: scheme, host, and port where it is not the scheme's own.
 * @throws Error saying what is wrong with it
 */
export const parseOrigin = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSecureOrLocal(url)) {
    throw new Error(`${text} is not an origin: write https://host or, on this machine, http://localhost:port`);
  }
  if (url.origin !== text.replace(/\/$/, '').toLowerCase()) {
    throw new Error(`${text} is not an origin: leave out path, query, user name and default port`);
  }
  if (!hasPlainHost(url)) {
    throw new Error(`${text} is not an origin: name one host, of letters, digits, dots and hyphens`);
  }
  return url.origin;
};

/** An origin in a request, see `parseOrigin`. */
export const Origin = z
  .string()
  .max(255)
  .transform((text, context) => {
    try {
      return parseOrigin(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : '' });
      return z.NEVER;
    }
  });
