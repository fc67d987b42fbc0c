import { galleryStates } from './states.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export const directions = ['auto', 'ltr', 'rtl'] as const;
export const densities = ['comfortable', 'compact'] as const;
export const widths = ['320', '480', '680', '900', '1120', 'full'] as const;
export const locales = ['en', 'es', 'fr', 'de', 'pt', 'ja', 'ar', 'hi', 'pseudo'] as const;
export const accents = ['', '#0a7d5a', '#4f46e5', '#d6336c', '#ffd43b', '#111111'] as const;

/** What the address of the gallery says. `locale` and `accent` may be any, the others are of the lists above. */
export interface Settings {
  state: string;
  theme: (typeof themes)[number];
  locale: string;
  dir: (typeof directions)[number];
  density: (typeof densities)[number];
  width: (typeof widths)[number];
  accent: string;
}

const oneOf = <Value extends string>(allowed: readonly [Value, ...Value[]], text: string | null): Value =>
  allowed.find((value) => value === text) ?? allowed[0];

export const readSettings = (search: string): Settings => {
  const parameters = new URLSearchParams(search);
  return {
    state: parameters.get('state') ?? galleryStates[0]?.name ?? '',
    theme: oneOf(themes, parameters.get('theme')),
    locale: parameters.get('locale') ?? 'en',
    dir: oneOf(directions, parameters.get('dir')),
    density: oneOf(densities, parameters.get('density')),
    width: widths.find((width) => width === parameters.get('width')) ?? 'full',
    accent: parameters.get('accent') ?? '',
  };
};

const usual = readSettings('');

/** `?state=…` with all that differs from the usual; `isBare` asks for the state alone. */
export const addressOf = (settings: Partial<Settings>, isBare = false): string => {
  const changed = Object.entries(settings).filter(
    ([name, value]) => name === 'state' || value !== usual[name as keyof Settings],
  );
  return `?${new URLSearchParams(changed)}${isBare ? '&bare' : ''}`;
};
