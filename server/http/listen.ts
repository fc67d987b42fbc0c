import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

/** Where the kernel spreads the connections of one port over several sockets. */
const canShare = process.platform === 'linux';

/**
 * Listens, and answers the port. `isShared`: other processes of the same user listen on it too, each on a socket of its own;
 * where that cannot be, workers share one socket.
 * @throws when the port is taken
 */
export const listen = async (
  server: Server,
  { host, port, isShared }: { host: string; port: number; isShared: boolean },
): Promise<number> => {
  await once(server.listen({ host, port, reusePort: isShared && canShare }), 'listening');
  return (server.address() as AddressInfo).port;
};

/**
 * Finds out whether nobody listens on a port, before several processes do: they would share it with whoever shares his.
 * Answers a free port for 0.
 * @throws when the port is taken
 */
export const requireFreePort = async (host: string, port: number): Promise<number> => {
  const server = createServer();
  const found = await listen(server, { host, port, isShared: false });
  server.close();
  await once(server, 'close');
  return found;
};
