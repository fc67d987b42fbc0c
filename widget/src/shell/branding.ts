import type { Branding } from '#contract/branding.ts';

/** The server knows the form of each value. Of these characters, with quotes in pairs, none can end a declaration. */
const harmless = /^([\p{L}\p{N} #,-]|(['"])[\p{L}\p{N} -]+\2)+$/u;

const declaration = (name: string, value: string | false | null): string =>
  harmless.test(value || '') ? `${name}:${value};` : '';

/** The merchant's look, for the portal's host. In a sheet of its own, because the page's CSS must be able to win. */
export function brandingCss({ accent, radius, font_family: font, theme }: Branding): string {
  return `:host{${declaration('--zk-brand-accent', accent)}${declaration(
    '--zk-brand-radius',
    Number.isInteger(radius) && `${radius}px`,
  )}${declaration('--zk-brand-font', font)}${declaration('color-scheme', theme === 'auto' ? 'light dark' : theme)}}`;
}

/** An address that may stand in a link or an image: nothing that a browser would run. */
export function webAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}
