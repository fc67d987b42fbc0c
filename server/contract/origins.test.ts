import { describe, expect, it } from 'vitest';
import { parseOrigin } from './origins.ts';

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
