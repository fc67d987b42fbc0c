import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { Socket } from 'node:net';

/** How long a connection that has not said anything yet may do so, when the server ends. */
const silenceMs = 1000;

interface Connection {
  answers: Set<ServerResponse>;
  /** What had been read when its last answer was out: more than that is a request on its way. */
  bytesSeen: number;
}

/** Ends a server without breaking an answer off. */
export interface GracefulClose {
  /** From now on every answer tells its client to come back on another connection. */
  announce(): void;
  /**
   * Listens no more, and settles when the last connection has ended. Answers how many had to be broken off because they
   * had not ended after `limitMs`.
   */
  close(limitMs: number): Promise<number>;
}

/**
 * Watches the connections of a server; call this before its requests are handled. Node's own `close` also ends connections
 * whose answer is complete but has not yet reached a slow client.
 */
export const gracefulClose = (server: Server): GracefulClose => {
  const connections = new Map<Socket, Connection>();
  let isAnnounced = false;
  let isClosing = false;

  const isIdle = (socket: Socket, { answers, bytesSeen }: Connection): boolean =>
    answers.size === 0 && socket.bytesRead === bytesSeen;

  const endIdle = (isWanted: (connection: Connection) => boolean): void => {
    for (const [socket, connection] of connections) {
      if (isWanted(connection) && isIdle(socket, connection)) {
        socket.end();
      }
    }
  };

  const tell = (res: ServerResponse): void => {
    if (!res.headersSent) {
      res.setHeader('connection', 'close');
    }
  };

  server.on('connection', (socket) => {
    connections.set(socket, { answers: new Set(), bytesSeen: 0 });
    socket.once('close', () => {
      connections.delete(socket);
    });
  });

  server.on('request', ({ socket }, res) => {
    const connection = connections.get(socket);
    if (connection === undefined) {
      return;
    }
    connection.answers.add(res);
    if (isAnnounced) {
      tell(res);
    }
    res.once('close', () => {
      connection.answers.delete(res);
      connection.bytesSeen = socket.bytesRead;
      if (isClosing && connection.answers.size === 0) {
        socket.end();
      }
    });
  });

  const announce = (): void => {
    isAnnounced = true;
    for (const { answers } of connections.values()) {
      answers.forEach(tell);
    }
  };

  return {
    announce,
    close: async (limitMs) => {
      announce();
      isClosing = true;
      let brokenOff = 0;
      const closed = new Promise<void>((resolve) => {
        NetServer.prototype.close.call(server, () => {
          resolve();
        });
      });
      endIdle(({ bytesSeen }) => bytesSeen > 0);
      const silence = setTimeout(endIdle, Math.min(silenceMs, limitMs), () => true);
      const limit = setTimeout(() => {
        brokenOff = connections.size;
        for (const socket of connections.keys()) {
          socket.destroy();
        }
      }, limitMs);
      await closed;
      clearTimeout(silence);
      clearTimeout(limit);
      return brokenOff;
    },
  };
};
