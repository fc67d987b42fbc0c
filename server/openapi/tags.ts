import type { OperationKey } from '#contract/api.ts';
import { eventsTag } from './events.ts';
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

const groups: { name: string; trees: readonly Tree[]; caller: string; more?: readonly Tag[] }[] = [
  { name: 'Merchant API', trees: ['merchant'], caller: 'For your backend, with its API key.', more: [eventsTag] },
  { name: 'Portal API', trees: ['portal', 'hosted'], caller: "Called by the portal in your customer's browser." },
  { name: 'Console API', trees: ['console'], caller: "Called by the console in your staff's browser." },
];

const descriptions: Record<string, string> = {
  Addresses: "A customer's address book.",
  Configuration: 'What the portal shows and how it looks.',
  Contacts: 'The people at a customer who get invoices and contracts.',
  Contracts: 'What was agreed with a customer, phase by phase.',
  'Credit notes': 'What is taken off an invoice again.',
  Customers: 'Whom you bill.',
  Documents: 'Lists as CSV, invoices as PDF, statements of account.',
  Entitlements: 'What customers may use, and how much of it is left.',
  Invoices: 'What is owed, for what, and until when.',
  'Payment methods': 'The cards and accounts that a customer pays with: no numbers, only what tells them apart.',
  Payments: 'Money received, money given back, and the invoices it counts towards.',
  Products: 'What you sell.',
  Profile: 'What a customer can change about itself.',
  Sessions: "Opening a customer's portal, and closing it.",
  Settings: 'What an embed needs, the API keys, and what has been done.',
  Staff: 'Who is logged in to the console.',
  Summary: 'What is owed, currency by currency.',
  Webhooks: 'Being told of changes, signed by the Standard Webhooks specification.',
};

/** @throws for a path of no known noun */
const nounOf = (key: OperationKey): string => {
  const path = key.slice(key.indexOf(' ') + 1);
  const noun = nouns.find(([pattern]) => pattern.test(path))?.[1];
  if (noun === undefined) {
    throw new Error(`The API reference has no chapter for ${path}: add one to tags.ts`);
  }
  return noun;
};

export const tagOf = (key: OperationKey): string => {
  const noun = nounOf(key);
  const name = `${prefixes[treeOf(key)]}${noun}`;
  return prefixes[treeOf(key)] === ''
    ? name
    : name.replace(/: (.)/, (_all, first: string) => `: ${first.toLowerCase()}`);
};

const byName = (one: Tag, other: Tag): number => (one.name < other.name ? -1 : 1);

/** The chapters of these operations, in the order of the trees and by name within. */
export const chaptersOf = (
  keys: readonly OperationKey[],
): { tags: Tag[]; groups: { name: string; tags: string[] }[] } => {
  const found = groups.map(({ name, trees, caller, more = [] }) => {
    const own = keys.filter((key) => trees.includes(treeOf(key)));
    const tags = new Map(own.map((key) => [tagOf(key), `${descriptions[nounOf(key)]} ${caller}`]));
    return {
      name,
      tags: [...[...tags].map(([tag, description]) => ({ name: tag, description })), ...more].toSorted(byName),
    };
  });
  return {
    tags: found.flatMap(({ tags }) => tags),
    groups: found.map(({ name, tags }) => ({ name, tags: tags.map((tag) => tag.name) })),
  };
};
