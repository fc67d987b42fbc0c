import type { Branding } from '#contract/branding.ts';

/** What stands in the form; empty for what is not set. */
export interface BrandingDraft {
  logo_url: string;
  accent: string;
  radius: number | null;
  font_family: string;
  /** The font is typed, and not one of the choices. */
  isOwnFont: boolean;
  theme: Branding['theme'];
}

export type BrandingField = keyof Branding;

export const brandingFields = [
  'logo_url',
  'accent',
  'radius',
  'font_family',
  'theme',
] as const satisfies BrandingField[];

export const systemFont = 'system-ui, sans-serif';

export const offeredFonts = [
  { label: 'Inter', value: 'Inter, sans-serif' },
  { label: 'Helvetica', value: "'Helvetica Neue', Helvetica, Arial, sans-serif" },
  { label: 'Georgia', value: "Georgia, 'Times New Roman', serif" },
] as const;

const isOffered = (font: string): boolean =>
  font === '' || font === systemFont || offeredFonts.some(({ value }) => value === font);

export const draftOf = ({ logo_url, accent, radius, font_family, theme }: Branding): BrandingDraft => ({
  logo_url: logo_url ?? '',
  accent: accent ?? '',
  radius,
  font_family: font_family ?? '',
  isOwnFont: !isOffered(font_family ?? ''),
  theme,
});

export const isColor = (text: string): boolean => /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text);

const isFontList = (text: string): boolean =>
  text.length <= 200 && text.split(',').every((name) => /^(['"]?)[\p{L}\p{N} -]+\1$/u.test(name.trim()));

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export const brandingOf = ({ logo_url, accent, radius, font_family, theme }: BrandingDraft): Branding => ({
  logo_url: orNull(logo_url),
  accent: orNull(accent),
  radius,
  font_family: orNull(font_family),
  theme,
});

const localHosts = ['localhost', '127.0.0.1', '[::1]'];

const isLogoAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.includes(url.hostname)));
};

/** The fields that hold what the server would refuse. */
export function brokenFields(draft: BrandingDraft): BrandingField[] {
  const { logo_url: logo, accent, font_family: font } = brandingOf(draft);
  return [
    ...(logo === null || isLogoAddress(logo) ? [] : ['logo_url' as const]),
    ...(accent === null || isColor(accent) ? [] : ['accent' as const]),
    ...(draft.isOwnFont && (font === null || !isFontList(font)) ? ['font_family' as const] : []),
  ];
}

/** As much of the draft as is of its form: what a preview can show while somebody types. */
export function shownBranding(draft: BrandingDraft): Branding {
  const broken = brokenFields(draft);
  const branding = brandingOf(draft);
  for (const field of broken) branding[field] = null;
  return branding;
}

export const differingFields = (one: Branding, other: Branding): BrandingField[] =>
  brandingFields.filter((field) => one[field] !== other[field]);
