import type { ElementFacts, ElementProperty } from '../elements.ts';

/** The package's `web-types` field names it. */
export const webTypesFile = 'web-types.json';

/** `'light' | 'dark' | ''` is a choice of two. */
const choices = (type: string): string[] => [...type.matchAll(/'([^']+)'/g)].map(([, choice = '']) => choice);

const inMarkup = (properties: readonly ElementProperty[]): { name: string; description: string; type: string }[] =>
  properties.flatMap(({ attribute, description, type }) =>
    attribute === null ? [] : [{ name: attribute, description, type }],
  );

/** Custom data for HTML in Visual Studio Code: its setting `html.customData` names the file. */
export const htmlCustomData = (elements: readonly ElementFacts[]): object => ({
  version: 1.1,
  tags: elements.map(({ tag, summary, properties }) => ({
    name: tag,
    description: summary,
    attributes: inMarkup(properties).map(({ name, description, type }) => ({
      name,
      description,
      ...(type === 'boolean' ? { valueSet: 'v' } : {}),
      ...(choices(type).length > 0 ? { values: choices(type).map((choice) => ({ name: choice })) } : {}),
    })),
  })),
});

/** Web types, which JetBrains' editors find by the package's `web-types` field. */
export const webTypes = (elements: readonly ElementFacts[], version: string): object => ({
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name: 'zenskar-portal',
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map(({ tag, summary, properties, events, parts, slots, customProperties }) => ({
        name: tag,
        description: summary,
        attributes: inMarkup(properties).map(({ name, description, type }) => ({ name, description, value: { type } })),
        js: {
          properties: properties.map(({ name, description, type }) => ({ name, description, type })),
          events: events.map(({ name, description, type }) => ({ name, description, type })),
        },
        slots: slots.map(({ name, description }) => ({ name, description })),
        css: {
          parts: parts.map(({ name, description }) => ({ name, description })),
          properties: customProperties.map(({ name, description }) => ({ name, description })),
        },
      })),
    },
  },
});
