import ipaddr from 'ipaddr.js';

/** A household or a rented machine has a whole /64, and could try from another of its addresses each time. */
const ipv6NetworkBits = 64;

const parse = (text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined => {
  // Some proxies forward the port along with the address.
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+)(?::\d+)?)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
};

/** What attempts from one client are counted by, whatever a proxy has written; all that is no address is one client. */
export const clientNetwork = (text: string): string => {
  const address = parse(text);
  if (address === undefined) {
    return 'unknown';
  }
  return address instanceof ipaddr.IPv6
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${ipv6NetworkBits}`).toString()}/${ipv6NetworkBits}`
    : address.toString();
};
