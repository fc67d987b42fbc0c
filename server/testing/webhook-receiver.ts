import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that a merchant's server has received. */
export interface Received {
  headers: Record<string, string>;
  body: string;
}

/** A merchant's server, on the loopback. */
export interface Receiver {
  url: string;
  port: number;
  received: Received[];
  /** How it answers from now on; a status code, or whatever the function does. */
  answer: number | ((res: ServerResponse, req: IncomingMessage) => void);
  close(): Promise<void>;
}

export const startReceiver = async (tls?: { key: string; cert: string }): Promise<Receiver> => {
  const received: Received[] = [];
  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    void text(req).then((body) => {
      received.push({ headers: req.headers as Record<string, string>, body });
      if (typeof receiver.answer === 'number') {
        res.writeHead(receiver.answer).end();
      } else {
        receiver.answer(res, req);
      }
    });
  };
  const server: Server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/hooks`,
    port,
    received,
    answer: 200,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
};
