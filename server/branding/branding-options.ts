import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { Accent, FontFamily, LogoUrl, Radius, Theme } from '#contract/branding.ts';
import type { Branding } from '#contract/branding.ts';

/** As the command line reads them; empty for `none`, because commander takes null for no value. */
export interface BrandingOptions {
  logoUrl?: string;
  accent?: string;
  radius?: number | '';
  fontFamily?: string;
  theme?: NonNullable<Branding['theme']> | '';
}

const unset = 'none';

const valueOf =
  <Value>(schema: z.ZodType<Value>, read: (text: string) => unknown = (text) => text) =>
  (text: string): Value | '' => {
    if (text === unset) {
      return '';
    }
    const { data, error } = schema.safeParse(read(text));
    if (error !== undefined) {
      throw new InvalidArgumentError(`${error.issues[0]?.message ?? ''}.`);
    }
    return data;
  };

/** The options of the merchant's look; each takes `none` too. */
export const withBrandingOptions = (command: Command): Command =>
  command
    .option('--logo-url <url>', 'shown in the header of the portal', valueOf(LogoUrl))
    .option('--accent <colour>', 'such as #0f766e', valueOf(Accent))
    .option('--radius <pixels>', 'of corners, from 0 to 24', valueOf(Radius, Number))
    .option('--font-family <list>', 'names of fonts, such as "Inter, sans-serif"', valueOf(FontFamily))
    .option('--theme <theme>', 'light, dark or auto', valueOf(Theme));

const orNull = <Value>(value: Value | ''): Value | null => (value === '' ? null : value);

/** What the options say of the look, and no more. */
export const brandingOf = ({ logoUrl, accent, radius, fontFamily, theme }: BrandingOptions): Partial<Branding> => ({
  ...(logoUrl === undefined ? {} : { logo_url: orNull(logoUrl) }),
  ...(accent === undefined ? {} : { accent: orNull(accent) }),
  ...(radius === undefined ? {} : { radius: orNull(radius) }),
  ...(fontFamily === undefined ? {} : { font_family: orNull(fontFamily) }),
  ...(theme === undefined ? {} : { theme: orNull(theme) }),
});
