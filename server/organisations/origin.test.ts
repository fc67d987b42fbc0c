import { describe, expect, it } from 'vitest';
import { hostedHeaders } from '../hosted/hosted-page.ts';
import { bareVisit } from '../hosted/visit.ts';
import { parseOrigin } from './origin.ts';

describe('parseOrigin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://Shop.example/', 'https://shop.example'],
    ['https://my_shop-1.example:8443', 'https://my_shop-1.example:8443'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:4001', 'http://localhost:4001'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('takes %s', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
  });

  it.each([
    'https://*',
    'https://*.example',
    'https://shop.*',
    'https://a;script-src',
    'https://a,b',
    "https://'self'",
    "https://a'unsafe-inline'",
    'https://a$b',
    'https://shop.example/path',
    'https://user@shop.example',
    'http://shop.example',
    'null',
    '*',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseOrigin(text)).toThrow('is not an origin');
  });
});

describe('the policy of the hosted page', () => {
  const policyWith = (logoUrl: string): string => {
    const organisation = { id: 'o', name: 'Northwind', branding: { logo_url: logoUrl, accent: null } };
    return hostedHeaders({ ...bareVisit, organisation }, { isFramed: false })['content-security-policy'] ?? '';
  };

  it('names the host of the logo', () => {
    expect(policyWith('https://cdn.shop.example/logo.png')).toContain('img-src data: https://cdn.shop.example;');
  });

  it.each(['https://x;frame-ancestors/a.png', 'https://*/a.png', 'https://x,default-src/a.png', 'nonsense'])(
    'takes no more than a host from %s',
    (logoUrl) => {
      expect(policyWith(logoUrl)).toContain('img-src data:;');
    },
  );
});
