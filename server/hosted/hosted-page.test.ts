import { describe, expect, it } from 'vitest';
import { noBranding } from '#contract/branding.ts';
import type { Theme } from '#contract/branding.ts';
import { hostedHeaders, renderHostedPage } from './hosted-page.ts';
import { bareVisit } from './visit.ts';

describe('the policy of the hosted page', () => {
  const policyWith = (logoUrl: string): string => {
    const organisation = { id: 'o', name: 'Northwind', branding: { ...noBranding, logo_url: logoUrl } };
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

describe('the colour scheme of the hosted page', () => {
  const schemeWith = (theme: Theme | null): string => {
    const organisation = { id: 'o', name: 'Northwind', branding: { ...noBranding, theme } };
    return /name="color-scheme" content="([^"]*)"/.exec(renderHostedPage({ ...bareVisit, organisation }))?.[1] ?? '';
  };

  it.each([
    ['light', 'light'],
    ['dark', 'dark'],
    ['auto', 'light dark'],
    [null, 'light dark'],
  ] as const)('of the theme %s is %s, before any script runs', (theme, scheme) => {
    expect(schemeWith(theme)).toBe(scheme);
  });
});
