import { describe, expect, it } from 'vitest';
import { BrandingInput } from './branding.ts';

const problemOf = (branding: Record<string, unknown>): string | undefined =>
  BrandingInput.safeParse(branding).error?.issues[0]?.path.join('.');

describe('branding in a request', () => {
  it.each([
    [{ logo_url: 'https://cdn.shop.example/a b.png?v=1' }, 'https://cdn.shop.example/a%20b.png?v=1'],
    [{ logo_url: 'HTTPS://CDN.Shop.example' }, 'https://cdn.shop.example/'],
    [{ logo_url: 'http://localhost:4001/logo.svg' }, 'http://localhost:4001/logo.svg'],
    [{ accent: '#0F7' }, '#00ff77'],
    [{ accent: '#0F766E' }, '#0f766e'],
    [{ radius: 0 }, 0],
    [{ radius: 24 }, 24],
    [{ font_family: ` "Noto Sans", 'Source Sans 3',system-ui ` }, `"Noto Sans", 'Source Sans 3',system-ui`],
    [{ font_family: 'メイリオ, Meiryo' }, 'メイリオ, Meiryo'],
    [{ theme: 'auto' }, 'auto'],
    [{ theme: null }, null],
  ])('takes %j', (input, value) => {
    const [[name]] = Object.entries(input) as [[string, unknown]];
    expect(BrandingInput.parse(input)).toMatchObject({ [name]: value });
  });

  it.each([
    'http://shop.example/logo.png',
    'ftp://shop.example/logo.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
    '//shop.example/logo.png',
    'https://*/logo.png',
    'https://shop.example;frame-ancestors/logo.png',
    'https://user:secret@shop.example/logo.png',
    `https://shop.example/${'a'.repeat(2048)}`,
    `https://shop.example/${'é'.repeat(500)}`,
    '',
  ])('refuses the logo %s', (url) => {
    expect(problemOf({ logo_url: url })).toBe('logo_url');
  });

  it.each(['red', '0f766e', '#0f76', '#0f766e80', '#0f766e;}', '#gggggg', ' #0f766e', 'rgb(0,0,0)', ''])(
    'refuses the accent %s',
    (accent) => {
      expect(problemOf({ accent })).toBe('accent');
    },
  );

  it.each([-1, 25, 4.5, '8', '8px', Number.NaN])('refuses the radius %s', (radius) => {
    expect(problemOf({ radius })).toBe('radius');
  });

  it.each([
    'Inter; color: red',
    'Inter} body{display:none',
    "'Inter",
    'Inter"',
    `'Inter", serif`,
    'Inter,',
    ', Inter',
    '',
    '   ',
    'url(https://x.example)',
    'var(--secret)',
    'expression(alert(1))',
    'Inter/**/',
    'Inter\\',
    'Inter!important',
    'Inter\nserif',
    '@import',
    '</style>',
    'a'.repeat(201),
  ])('refuses the font %j', (font) => {
    expect(problemOf({ font_family: font })).toBe('font_family');
  });

  it('refuses what is no theme, and what is no part of the look', () => {
    expect(problemOf({ theme: 'blue' })).toBe('theme');
    expect(BrandingInput.safeParse({ css: 'x' }).success).toBe(false);
  });
});
