import type { Section } from '#contract/sessions.ts';
import { allSections, isSection } from './view-state.ts';

/** Reads attributes that people write by hand; null when taken away. What is not understood counts as absent and is said once. */
export class AttributeReader {
  private readonly told = new Set<string>();
  private readonly element: string;

  /** `element` is the name of the element whose attributes are read. */
  constructor(element: string) {
    this.element = element;
  }

  oneOf<Value extends string>(name: string, value: string | null, allowed: readonly Value[]): Value | null {
    if (!value) return null;
    const found = allowed.find((candidate) => candidate === value);
    return found ?? this.refuse(name, value, allowed.join(', '));
  }

  sections(value: string | null): Section[] {
    const names = (value ?? '').split(/[\s,]+/).filter((name) => name !== '');
    return [...new Set(names)].filter(
      (name): name is Section => isSection(name) || this.refuse('sections', name, allSections.join(', ')) !== null,
    );
  }

  locale(value: string | null): string | null {
    try {
      return Intl.getCanonicalLocales(value || [])[0] ?? null;
    } catch {
      return this.refuse('locale', String(value), 'BCP 47 tags such as en-GB');
    }
  }

  private refuse(name: string, value: string, expected: string): null {
    const message = `<${this.element} ${name}>: "${value}" is not understood; expected one of: ${expected}`;
    if (!this.told.has(message)) console.warn(message);
    this.told.add(message);
    return null;
  }
}
