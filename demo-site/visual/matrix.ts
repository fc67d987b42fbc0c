import type { Settings } from '../gallery/settings.ts';
import { galleryStates } from '../gallery/states.ts';

/** One screenshot: a state, and how it is shown. */
export interface Shot {
  /** How it differs from what most see: `dark`, `320-ar`. */
  variant: string;
  settings: Partial<Settings> & { state: string };
  /** CSS pixels of the page; it grows in height with what is on it, but a sheet over it does not. */
  width: number;
  height: number;
  hasForcedColors: boolean;
}

interface Variant {
  settings?: Partial<Settings>;
  width?: number;
  hasForcedColors?: boolean;
  states: readonly string[];
}

/** Every state once, as most see it; those in which a look, a language or a width can go wrong also there. */
const variants: Readonly<Record<string, Variant>> = {
  usual: { states: galleryStates.map(({ name }) => name) },
  dark: {
    settings: { theme: 'dark' },
    states: [
      'portal',
      'portal-account-menu',
      'portal-staff-view',
      'session-expired',
      'session-internal-error',
      'invoices-error',
      'invoices-status-filter',
      'invoice',
      'payments',
      'entitlements',
      'profile-problems',
      'profile-conflict',
      'summary-many-currencies',
      'statement-sheet',
      'download-failed',
      'buttons',
      'pills',
      'skeletons',
    ],
  },
  ar: {
    settings: { locale: 'ar' },
    states: [
      'portal',
      'portal-account-menu',
      'invoices-days-filter',
      'invoice',
      'payments',
      'entitlements',
      'profile-problems',
      'statement-sheet',
      'export-menu',
    ],
  },
  de: {
    settings: { locale: 'de' },
    states: ['portal', 'invoices-filtered', 'invoice', 'payments', 'entitlements', 'profile-full', 'statement-sheet'],
  },
  ja: { settings: { locale: 'ja' }, states: ['portal', 'invoice', 'profile'] },
  hi: { settings: { locale: 'hi' }, states: ['portal', 'invoice', 'profile'] },
  compact: { settings: { density: 'compact' }, states: ['portal', 'payments', 'invoices-loading'] },
  accent: { settings: { accent: '#ffd43b' }, states: ['portal', 'profile-changed', 'statement-sheet'] },
  680: { width: 680, states: ['portal', 'invoice', 'payments', 'profile-full'] },
  320: {
    width: 320,
    states: [
      'portal',
      'portal-empty',
      'portal-long-names',
      'portal-account-menu',
      'portal-loading',
      'session-expired',
      'invoices-status-filter',
      'invoice',
      'invoice-long',
      'payments',
      'entitlements',
      'profile-problems',
      'summary-many-currencies',
      'statement-sheet',
    ],
  },
  '320-ar': { width: 320, settings: { locale: 'ar' }, states: ['portal', 'invoice', 'payments'] },
  '320-de': { width: 320, settings: { locale: 'de' }, states: ['portal', 'invoice', 'profile-full'] },
  forced: {
    hasForcedColors: true,
    states: [
      'portal',
      'invoices-status-filter',
      'invoice',
      'entitlements',
      'profile-problems',
      'statement-sheet',
      'buttons',
      'pills',
      'tabs',
    ],
  },
};

const sheets = new Set(galleryStates.filter(({ group }) => group === 'Invoice details').map(({ name }) => name));

export const shots: readonly Shot[] = Object.entries(variants).flatMap(([variant, each]) =>
  each.states.map((state) => ({
    variant,
    settings: { theme: 'light' as const, ...each.settings, state },
    width: each.width ?? 1120,
    height: sheets.has(state) ? (each.width === 320 ? 2000 : 1400) : 640,
    hasForcedColors: each.hasForcedColors ?? false,
  })),
);

/** Below `screenshots/`. */
export const fileOf = ({ variant, settings }: Shot): string => `${variant}/${settings.state}.png`;
