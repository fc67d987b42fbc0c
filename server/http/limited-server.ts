import { createServer } from 'node:http';
import type { Server } from 'node:http';

const headersMs = 15_000;
const checkEveryMs = 5_000;

/** So long nothing may pass in either direction: neither a record of a bulk change nor a byte of a download. */
const idleMs = 120_000;

/**
 * An HTTP server on which slow clients cost nothing: who is slow with the headers is refused, and a connection that stands
 * still is cut. The time for a body is the app's to bound, which knows which of them are streams. A header that comes twice
 * is seen as both: a proxy in front may have judged the other one.
 */
export const createLimitedServer = (): Server => {
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: 0,
    connectionsCheckingInterval: checkEveryMs,
    joinDuplicateHeaders: true,
  });
  server.setTimeout(idleMs);
  return server;
};
