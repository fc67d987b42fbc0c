import type { Theme } from '#contract/branding.ts';

export interface BrandingTable {
  organisation_id: string;
  logo_url: string | null;
  accent: string | null;
  radius: number | null;
  font_family: string | null;
  theme: Theme | null;
}
