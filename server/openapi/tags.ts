import type { OperationKey } from '#contract/api.ts';
import type { Tag } from './model.ts';
import { treeOf } from './trees.ts';
import type { Tree } from './trees.ts';

/** Which paths are whose: the first that matches. */
const nouns: [RegExp, string][] = [
  [/\/session/, 'Sessions'],
  [/\/(login|logout|me)$/, 'Staff'],
  [/\/addresses/, 'Addresses'],
  [/\/payment_methods/, 'Payment methods'],
  [/\/webhook/, 'Webhooks'],
  [/\/credit_notes?/, 'Credit notes'],
  [/^\/entitlements/, 'Entitlements'],
  [/^\/payments/, 'Payments'],
  [/^\/invoices/, 'Invoices'],
  [/^\/contacts/, 'Contacts'],
  [/^\/contract/, 'Contracts'],
  [/^\/products?/, 'Products'],
  [/^\/customer_portal/, 'Configuration'],
  [/\/(exports|statement)/, 'Documents'],
  [/\/portal_(view|link)$/, 'Sessions'],
  [/^\/customers?/, 'Customers'],
  [/^\/console\/api\/customers\/:customer_id\/invoices/, 'Invoices'],
  [/^\/console\/api\/customers\/:customer_id\/payments/, 'Payments'],
  [/^\/console\/api\/customers\/:customer_id\/entitlements/, 'Entitlements'],
  [/^\/console\/api\/customers/, 'Customers'],
  [/^\/console\/api\//, 'Settings'],
  [/\/invoices/, 'Invoices'],
  [/\/payments/, 'Payments'],
  [/\/entitlements/, 'Entitlements'],
  [/\/summary$/, 'Summary'],
  [/\/profile$/, 'Profile'],
];

const prefixes: Record<Tree, string> = { merchant: '', portal: 'Portal: ', hosted: 'Portal: ', console: 'Console: ' };

const groups: { name: string; trees: readonly Tree[]; sentence: string }[] = [
  { name: 'Merchant API', trees: ['merchant'], sentence: 'For your backend, with its API key.' },
  {
    name: 'Portal API',
    trees: ['portal', 'hosted'],
    sentence: 'What the portal calls in the browser of one customer.',
  },
  { name: 'Console API', trees: ['console'], sentence: 'What the console calls in the browser of your staff.' },
];

/** @throws for a path of no known noun */
export const tagOf = (key: OperationKey): string => {
  const path = key.slice(key.indexOf(' ') + 1);
  const noun = nouns.find(([pattern]) => pattern.test(path))?.[1];
  if (noun === undefined) {
    throw new Error(`The API reference has no chapter for ${path}: add one to tags.ts`);
  }
  const name = `${prefixes[treeOf(key)]}${noun}`;
  return prefixes[treeOf(key)] === ''
    ? name
    : name.replace(/: (.)/, (_all, first: string) => `: ${first.toLowerCase()}`);
};

/** The chapters of these operations, in the order of the trees and by name within. */
export const chaptersOf = (
  keys: readonly OperationKey[],
): { tags: Tag[]; groups: { name: string; tags: string[] }[] } => {
  const found = groups.map(({ name, trees, sentence }) => {
    const names = new Set(keys.filter((key) => trees.includes(treeOf(key))).map(tagOf));
    return { name, sentence, tags: [...names].toSorted() };
  });
  return {
    tags: found.flatMap(({ tags, sentence }) => tags.map((name) => ({ name, description: sentence }))),
    groups: found.map(({ name, tags }) => ({ name, tags })),
  };
};
