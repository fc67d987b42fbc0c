import { describe, expect, it } from 'vitest';
import { parseReturnUrl } from './return-url.ts';

describe('parseReturnUrl', () => {
  it.each([
    ['https://zenskar.com', 'https://zenskar.com/'],
    ['https://shop.example/account?tab=billing#top', 'https://shop.example/account?tab=billing#top'],
    ['http://localhost:4001/account', 'http://localhost:4001/account'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['HTTPS://SHOP.example', 'https://shop.example/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ])('takes %s', (text, url) => {
    expect(parseReturnUrl(text, [])).toEqual({ url });
  });

  it.each([
    'http://shop.example',
    '//evil.example',
    '/account',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https://user@shop.example',
    'https://user:secret@shop.example',
    'https://shop.example\\@evil.example',
    'https://shop.example/\u0000',
    'https://shop.example/\n',
    ' https://shop.example',
    'https://shop.example ',
    'https://shop\u00a0.example',
    'https://shop\u202e.example',
    'javascript:alert(1)',
    'data:text/html,hello',
    'file:///etc/passwd',
    'ftp://shop.example',
    'blob:https://shop.example/1',
    'http://localhost.evil.example',
    'https://',
    '',
  ])('refuses %j', (text) => {
    expect(parseReturnUrl(text, [])).toHaveProperty('problem');
  });

  it('holds to the listed origins exactly', () => {
    const origins = ['https://shop.example'];
    expect(parseReturnUrl('https://shop.example/account', origins)).toHaveProperty('url');
    for (const text of [
      'https://shop.example.evil.example',
      'https://shop.example:8443',
      'https://www.shop.example',
      'https://evil.example/?https://shop.example',
    ]) {
      expect(parseReturnUrl(text, origins)).toHaveProperty('problem');
    }
  });
});
