import type { ElementFacts, ElementProperty } from '../elements.ts';

const doc = (text: string): string => (text === '' ? '' : `/** ${text.replaceAll('*/', '*\\/')} */\n`);

/** What is read as a whole may be set in part. */
const settable = (type: string): string => type.replace(/\bViewState\b/, 'Partial<ViewState>');

/** `hide-header="false"` would leave it out too: in markup it is there or not. */
const attributeType = (type: string): string => (type === 'boolean' ? "true | ''" : type);

const propertyMembers = (properties: readonly ElementProperty[]): string[] =>
  properties.map(({ name, type, description }) => `${doc(description)}${name}: ${settable(type)};`);

const attributeMembers = (properties: readonly ElementProperty[]): string[] =>
  properties.flatMap(({ name, attribute, type, description }) =>
    attribute === null || attribute === name ? [] : [`${doc(description)}'${attribute}': ${attributeType(type)};`],
  );

const memberOf = ({ tag, className, summary, properties, events }: ElementFacts): string => {
  const settableOnes = properties.filter(({ isReadonly }) => !isReadonly);
  return `${doc(summary)}'${tag}': {
    element: ${className};
    properties: { ${propertyMembers(settableOnes).join('\n')} };
    attributes: { ${attributeMembers(settableOnes).join('\n')} };
    events: { ${events.map(({ name, type, description }) => `${doc(description)}'${name}': ${type};`).join('\n')} };
  };`;
};

/**
 * The declarations of every element's properties, of its attributes that are called otherwise, and of its events: what the
 * types for templates are made of.
 */
export const templateElements = (elements: readonly ElementFacts[]): string => {
  const members = elements.map(memberOf).join('\n');
  const exported = ['FetchSession', 'Catalogue', 'Section', 'ViewState'];
  const events = new Set(elements.flatMap((element) => element.events.map(({ type }) => type)));
  const inFrame = elements.filter(({ tag }) => tag === 'zenskar-portal-frame').map(({ className }) => className);
  const classes = elements.map(({ className }) => className).filter((name) => !inFrame.includes(name));
  return `import type { ${[...exported, ...events, ...classes].join(', ')} } from '../widget/index.js';
import type { ${inFrame.join(', ')} } from '../widget/frame/define.js';

export interface ElementTypes {
  element: HTMLElement;
  properties: object;
  attributes: object;
  events: object;
}

export interface TemplateElements {
  ${members}
}
`;
};
