import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What happens to a request: it passes; it is answered here; the connection breaks before or after the server acts. */
export type Mishap = 'pass' | 'break before' | 'break after' | { status: number; headers?: Record<string, string> };

/** A proxy between a client and a server that goes wrong when told. */
export interface Gateway {
  url: string;
  /** For the requests to come, in their order; after them all pass. */
  mishaps: Mishap[];
  seen: { method: string; url: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

const own = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

export const startGateway = async (target: string): Promise<Gateway> => {
  const mishaps: Mishap[] = [];
  const seen: Gateway['seen'] = [];
  const server = createServer((req, res) => {
    void (async () => {
      const body = await buffer(req);
      const { method = '', url = '' } = req;
      seen.push({ method, url, headers: req.headers });
      const mishap = mishaps.shift() ?? 'pass';
      if (typeof mishap === 'object') {
        res.writeHead(mishap.status, mishap.headers).end('<h1>Not now</h1>');
        return;
      }
      if (mishap === 'break before') {
        req.socket.destroy();
        return;
      }
      const headers = Object.entries(req.headers).filter(([name]) => !own.has(name)) as [string, string][];
      const answer = await fetch(`${target}${url}`, { method, headers, ...(body.length === 0 ? {} : { body }) });
      const content = Buffer.from(await answer.arrayBuffer());
      if (mishap === 'break after') {
        req.socket.destroy();
        return;
      }
      res.writeHead(
        answer.status,
        Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name) && name !== 'content-encoding')),
      );
      res.end(content);
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mishaps,
    seen,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
