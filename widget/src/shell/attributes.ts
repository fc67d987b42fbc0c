import type { Section } from '#contract/sessions.ts';
import { isSection } from './view-state.ts';

/** Reads attributes that people write by hand. What is not understood counts as absent and is said once. */
export class AttributeReader {
  private readonly told = new Set<string>();

  oneOf<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value | null {
    if (value === '') return null;
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.refuse(name, value, allowed.join(', '));
  }

  sections(value: string): Section[] {
    const names = value.split(/[\s,]+/).filter((name) => name !== '');
    return [...new Set(names)].filter(
      (name): name is Section => isSection(name) || this.refuse('sections', name, 'names of sections') !== null,
    );
  }

  locale(value: string): string | null {
    try {
      return Intl.getCanonicalLocales(value || [])[0] ?? null;
    } catch {
      return this.refuse('locale', value, 'a BCP 47 tag such as en-GB');
    }
  }

  private refuse(name: string, value: string, expected: string): null {
    const message = `<zenskar-portal ${name}>: "${value}" is not understood; expected ${expected}`;
    if (!this.told.has(message)) console.warn(message);
    this.told.add(message);
    return null;
  }
}
