import type { IncomingMessage } from 'node:http';

/**
 * The address that a request comes from. Each proxy that may be believed has written down, behind what was there, whom it
 * had the request from.
 */
export const clientAddress = (req: IncomingMessage, trustedProxies: number): string => {
  const peer = req.socket.remoteAddress ?? '';
  const forwarded = trustedProxies === 0 ? undefined : req.headers['x-forwarded-for'];
  if (forwarded === undefined) {
    return peer;
  }
  const addresses = [...String(forwarded).split(','), peer]
    .map((address) => address.trim())
    .filter((address) => address !== '');
  return addresses[Math.max(0, addresses.length - 1 - trustedProxies)] ?? peer;
};
