import type { Branding } from '#contract/branding.ts';

const hexColor = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;
const fontName = /^(?:'[\p{L}\p{N} -]+'|"[\p{L}\p{N} -]+"|[\p{L}\p{N} -]+)$/u;
const theTheme = /^(?:light|dark|auto)$/;

/**
 * The merchant's look as declarations for the portal's host. In a sheet of its own, because the page's CSS must be able
 * to win. A value that is not of its form is left out: nothing can end its declaration.
 */
export function brandingCss({ accent, radius, font_family: font, theme }: Branding): string {
  return `:host{${[
    isColor(accent) && `--zk-brand-accent:${accent}`,
    Number.isInteger(radius) && `--zk-brand-radius:${radius}px`,
    isFontList(font) && `--zk-brand-font:${font}`,
    theTheme.test(theme ?? '') && `color-scheme:${theme === 'auto' ? 'light dark' : theme}`,
  ]
    .filter(Boolean)
    .join(';')}}`;
}

export const isColor = (text: string | null): text is string => text !== null && hexColor.test(text);

export const isFontList = (text: string | null): text is string =>
  !!text && text.split(',').every((name) => fontName.test(name.trim()));

/** An address that may stand in a link or an image: nothing that a browser would run. */
export function webAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}
