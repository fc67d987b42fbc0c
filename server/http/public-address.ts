import type { LookupAddress } from 'node:dns';
import { lookup as resolveName } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Everything that is assigned to the public internet in IPv6; the rest is reserved or translates to something else. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Special purposes (RFC 2928), not all of which the library knows. */
const protocolAssignments = ipaddr.IPv6.parseCIDR('2001::/23');

export const isLoopbackAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/**
 * Whether an address literal (as `URL` writes it, without brackets) is one that anybody on the internet can be reached at:
 * not private, loopback, link-local, shared, multicast, reserved, nor a form that carries another address inside.
 */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') {
    return false;
  }
  return parsed instanceof ipaddr.IPv4 || (parsed.match(globalUnicast) && !parsed.match(protocolAssignments));
};

/** A host that resolves to an address which may not be connected to. The message names no address. */
export class AddressRefused extends Error {
  constructor() {
    super('The host does not have public addresses only');
  }
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => resolveName(hostname, { all: true });

/**
 * A `lookup` for sockets: resolves, checks every address and hands over only what was checked, so that the socket cannot
 * be led elsewhere by a second answer. Sockets do not look literal addresses up: check those with `isPublicAddress`.
 */
export const checkedLookup =
  (isAllowed: (address: string) => boolean, resolve: Resolve = systemResolve): LookupFunction =>
  (hostname, options, callback) => {
    void resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
          callback(new AddressRefused(), [], undefined);
        } else if (options.all === true) {
          callback(null, addresses);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), [], undefined);
      },
    );
  };
