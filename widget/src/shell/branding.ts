import type { Branding } from '#contract/branding.ts';

const hexColor = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

/** The merchant's look as custom properties. In a sheet of its own, because the page's CSS must be able to win. */
export function brandingCss({ accent }: Branding): string {
  return accent !== null && hexColor.test(accent) ? `:host{--zk-brand-accent:${accent}}` : '';
}

/** An address that may stand in a link or an image: nothing that a browser would run. */
export function webAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}
