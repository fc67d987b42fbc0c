import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

const firstUnprivilegedPort = 1024;

/** The host of a URL as an address literal would be written, without the brackets of IPv6. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const isLoopbackHost = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host);

const isAddressLiteral = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

/** What an address may be to be connected to. */
export const isAllowedAddress = (address: string, allowsLoopback: boolean): boolean =>
  isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));

/**
 * What is wrong with an address that a merchant wants this server to connect to, as far as its text tells; undefined when
 * nothing is. Where a name leads is known only at each connection: use `checkedLookup` for that.
 */
export const problemOfTarget = (text: string, allowsLoopback: boolean): string | undefined => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'Expected an https URL';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave out user name and password';
  }
  if (/[\s\\\p{Cc}]/u.test(text) || url.hash !== '') {
    return 'Leave out spaces, backslashes, control characters and fragments';
  }
  const host = hostOf(url);
  if (allowsLoopback && isLoopbackHost(host)) {
    return undefined;
  }
  if (url.protocol !== 'https:') {
    return 'Expected an https URL';
  }
  if (url.port !== '' && Number(url.port) < firstUnprivilegedPort) {
    return 'Expected port 443 or one above 1023';
  }
  if (isAddressLiteral(host) ? !isPublicAddress(host) : !host.includes('.') || /(^|\.)localhost\.?$/.test(host)) {
    return 'Expected a host that is reachable from the internet';
  }
  return undefined;
};
