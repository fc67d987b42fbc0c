import { z } from 'zod';
import { hasPlainHost, isSecureOrLocal } from './origins.ts';

/** `auto` is the reader's system; null leaves it to the page around the portal. */
export const Theme = z.enum(['light', 'dark', 'auto']).meta({ id: 'Theme' });
export type Theme = z.infer<typeof Theme>;

/** The merchant's look. The widget uses it where the page's own CSS does not set the matching custom property. */
export const Branding = z
  .object({
    logo_url: z.string().nullable(),
    accent: z.string().nullable().describe('CSS hex colour.'),
    radius: z.int().nullable().describe('Corner radius in CSS pixels.'),
    font_family: z.string().nullable().describe('CSS list of font families.'),
    theme: Theme.nullable().describe(
      "`light`, `dark`, or `auto` for the reader's system; null: the colour scheme of the page around the portal.",
    ),
  })
  .meta({ id: 'Branding' });
export type Branding = z.infer<typeof Branding>;

/** The look of an organisation that has set none. */
export const noBranding: Branding = { logo_url: null, accent: null, radius: null, font_family: null, theme: null };

const longestUrl = 2048;

/** Where a logo may come from: https, or plain http from the machine itself; a plain host and no password. */
const readLogoUrl = (text: string): string | undefined => {
  const url = URL.parse(text);
  const isGood =
    url !== null && isSecureOrLocal(url) && hasPlainHost(url) && url.username === '' && url.password === '';
  return isGood && url.href.length <= longestUrl ? url.href : undefined;
};

export const LogoUrl = z
  .string()
  .trim()
  .max(longestUrl)
  .transform((text) => readLogoUrl(text) ?? '')
  .refine((url) => url !== '', 'Expected an https address (http only for localhost)');

/** `#0f766e` or `#0f7`, in any case. */
export const Accent = z
  .string()
  .regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/i, 'Expected a colour such as #0f766e')
  .transform((colour) => {
    const digits = colour.slice(1).toLowerCase();
    return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
  });

export const Radius = z.int('Expected a whole number of pixels').min(0).max(24);

const fontName = /^(['"]?)[\p{L}\p{N} -]+\1$/u;

/** Names alone, with or without quotes, and commas between them: nothing in it can end a CSS declaration. */
export const FontFamily = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(
    (list) => list.split(',').every((name) => fontName.test(name.trim())),
    'Expected names of fonts with commas between them: letters, digits, spaces and hyphens, in quotes or without',
  );

export const BrandingInput = z
  .strictObject({
    logo_url: LogoUrl.nullable()
      .default(null)
      .describe('https (http only for localhost), at most 2,048 characters.')
      .meta({ format: 'uri' }),
    accent: Accent.nullable().default(null).describe('CSS hex colour.'),
    radius: Radius.nullable().default(null).describe('Corner radius in CSS pixels.'),
    font_family: FontFamily.nullable()
      .default(null)
      .describe('CSS list of font families: names with or without quotes, commas between them.'),
    theme: Theme.nullable().default(null),
  })
  .meta({ id: 'BrandingInput' });
export type BrandingInput = z.infer<typeof BrandingInput>;
