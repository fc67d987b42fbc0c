import type { LookupAddress } from 'node:dns';
import { describe, expect, it, test } from 'vitest';
import { AddressRefused, checkedLookup, isPublicAddress } from './public-address.ts';
import { isAllowedAddress, problemOfTarget } from './outbound-target.ts';

const refusedUrls = [
  'http://hooks.example.com/',
  'ftp://hooks.example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'not a url',
  '',
  'https://',
  'https://user@hooks.example.com/',
  'https://user:secret@hooks.example.com/',
  'https://hooks.example.com:80/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:1023/',
  'https://hooks.example.com/#part',
  'https://hooks.example.com/a b',
  'https://hooks.example.com\\@10.0.0.1/',
  'https://hooks.example.com/\u0000',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST:8443/',
  'https://api.localhost/',
  'https://intranet/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0x7f.1/',
  'https://127.0.0.1./',
  'https://%31%32%37.0.0.1/',
  'https://①②⑦.0.0.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/',
  'https://100.64.0.1/',
  'https://192.0.0.1/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://198.51.100.1/',
  'https://203.0.113.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]:8443/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001::7f00:1]/',
  'https://[2001:db8::1]/',
  'https://[2001:1::1]/',
  'https://[3fff::1]/',
  'https://[100::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
  'https://[5f00::1]/',
  'https://[4000::1]/',
];

describe('where webhooks may go', () => {
  test.each(refusedUrls)('not to %s', (url) => {
    expect(problemOfTarget(url, false)).toEqual(expect.any(String));
  });

  test.each([
    'https://hooks.example.com/zenskar',
    'https://hooks.example.com:8443/?token=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://xn--mnchen-3ya.example/',
  ])('to %s', (url) => {
    expect(problemOfTarget(url, false)).toBeUndefined();
  });

  it('to this machine in development, and still nowhere else within', () => {
    for (const url of ['http://127.0.0.1:80/', 'http://localhost:5000/', 'https://[::1]:9/', 'http://127.1:5000/']) {
      expect(problemOfTarget(url, true), url).toBeUndefined();
    }
    for (const url of ['http://10.0.0.1/', 'https://192.168.0.1/', 'http://hooks.example.com/', 'https://0.0.0.0/']) {
      expect(problemOfTarget(url, true), url).toEqual(expect.any(String));
    }
  });
});

const look = (addresses: LookupAddress[], allowsLoopback = false): Promise<unknown> =>
  new Promise((resolve) => {
    const lookup = checkedLookup(
      (address) => isAllowedAddress(address, allowsLoopback),
      () => Promise.resolve(addresses),
    );
    lookup('hooks.example.com', { all: true }, (error, found) => {
      resolve(error ?? found);
    });
  });

describe('what a name leads to', () => {
  const goodOne: LookupAddress = { address: '93.184.215.14', family: 4 };

  it('is connected to when it is public', async () => {
    expect(await look([goodOne])).toEqual([goodOne]);
  });

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
    'fd12::1',
    '0.0.0.0',
  ])('is refused when %s is among it', async (address) => {
    expect(isPublicAddress(address)).toBe(false);
    expect(await look([goodOne, { address, family: address.includes(':') ? 6 : 4 }])).toBeInstanceOf(AddressRefused);
  });

  it('is refused when it is nothing, and never the loopback by mistake', async () => {
    expect(await look([])).toBeInstanceOf(AddressRefused);
    expect(await look([{ address: '127.0.0.1', family: 4 }], true)).toHaveLength(1);
  });
});
