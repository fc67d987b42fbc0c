import type { Section } from '#contract/sessions.ts';
import { isSection } from './view-state.ts';

/** The sections that an attribute names, in its order; null when it has been taken away. What is none is passed over. */
export const readSections = (value: string | null): Section[] => [
  ...new Set((value ?? '').split(/[\s,]+/).filter(isSection)),
];

/** The tag in its canonical form; null for what is none. */
export function readLocale(value: string | null): string | null {
  try {
    return Intl.getCanonicalLocales(value || [])[0] ?? null;
  } catch {
    return null;
  }
}
