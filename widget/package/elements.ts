import type { Declaration, Manifest } from './manifest.ts';

/** An attribute or a property of a public element. */
export interface ElementProperty {
  /** As scripts say it; null where only the attribute is there. */
  name: string;
  /** As HTML says it; null where there is only the property. */
  attribute: string | null;
  /** TypeScript, by the names that the package exports: `'light' | 'dark' | 'auto' | ''`, `FetchSession | null`. */
  type: string;
  description: string;
  isReadonly: boolean;
}

export interface ElementMethod {
  name: string;
  parameters: { name: string; type: string }[];
  returns: string;
  description: string;
}

export interface ElementEvent {
  name: string;
  /** Its class, which the package exports. */
  type: string;
  description: string;
  fields: { name: string; type: string; description: string }[];
}

export interface StyleHook {
  name: string;
  description: string;
  /** Of a custom property, as CSS; null where there is none. */
  default: string | null;
}

/** A public element as its users see it, with what it inherits. */
export interface ElementFacts {
  tag: string;
  className: string;
  summary: string;
  properties: ElementProperty[];
  methods: ElementMethod[];
  events: ElementEvent[];
  parts: StyleHook[];
  customProperties: StyleHook[];
  slots: StyleHook[];
}

/** The order in which documents tell of them. */
const order = ['zenskar-portal', 'zenskar-summary', 'zenskar-invoices', 'zenskar-payments', 'zenskar-entitlements'];

const rank = (tag: string): number => (order.includes(tag) ? order.indexOf(tag) : order.length);

const hooksOf = (hooks: Declaration['cssParts']): StyleHook[] =>
  (hooks ?? []).map(({ name, description = '', default: byDefault }) => ({
    name,
    description,
    default: byDefault ?? null,
  }));

const factsOf = (element: Declaration, events: ReadonlyMap<string, Declaration>): ElementFacts => ({
  tag: element.tagName ?? '',
  className: element.name,
  summary: element.summary ?? '',
  properties: (element.members ?? [])
    .filter(({ kind }) => kind === 'field')
    .map(({ name, type, description = '', readonly: isReadonly = false }) => ({
      name,
      attribute: element.attributes?.find(({ fieldName }) => fieldName === name)?.name ?? null,
      type: type?.text ?? 'string',
      description,
      isReadonly,
    })),
  methods: (element.members ?? [])
    .filter(({ kind }) => kind === 'method')
    .map(({ name, parameters = [], return: returned, description = '' }) => ({
      name,
      parameters: parameters.map((parameter) => ({ name: parameter.name, type: parameter.type?.text ?? 'unknown' })),
      returns: returned?.type.text ?? 'void',
      description,
    })),
  events: (element.events ?? []).map(({ name, type, description = '' }) => ({
    name,
    type: type?.text ?? 'Event',
    description,
    fields: (events.get(type?.text ?? '')?.members ?? []).map((field) => ({
      name: field.name,
      type: field.type?.text ?? 'unknown',
      description: field.description ?? '',
    })),
  })),
  parts: hooksOf(element.cssParts),
  customProperties: hooksOf(element.cssProperties),
  slots: hooksOf(element.slots),
});

/** The manifest as a plain list of the public elements. */
export const readElements = ({ modules }: Manifest): ElementFacts[] => {
  const declarations = modules.flatMap((module) => module.declarations);
  const events = new Map(
    declarations.filter(({ tagName }) => tagName === undefined).map((event) => [event.name, event]),
  );
  return declarations
    .filter(({ tagName }) => tagName !== undefined)
    .map((element) => factsOf(element, events))
    .sort((one, other) => rank(one.tag) - rank(other.tag));
};
