import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Where metrics can be asked for. */
export interface MetricsAddress {
  host: string;
  port: number;
}

export interface MetricsServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Answers `GET /metrics`, on a port of its own that the world does not reach: it asks nobody who they are.
 * @throws when the port is taken
 */
export const serveMetrics = async (
  { host, port }: MetricsAddress,
  text: () => Promise<string>,
  log: Logger,
): Promise<MetricsServer> => {
  const server = createServer((req, res) => {
    if (req.url !== '/metrics' || (req.method !== 'GET' && req.method !== 'HEAD')) {
      res.writeHead(404).end();
      return;
    }
    text().then(
      (body) => {
        res.writeHead(200, { 'content-type': contentType }).end(body);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the metrics could not be collected');
        res.writeHead(503).end();
      },
    );
  });
  await once(server.listen(port, host), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
