import { knownMessages } from './known-messages.ts';
import type { Catalogue, Message } from './localize.ts';

const categories = ['zero', 'one', 'two', 'few', 'many', 'other'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the texts that a merchant wants instead of the portal's own: `messages` are those that can be used, `problem` says
 * in English what is wrong with the others, null when nothing is.
 */
export function readMessages(value: unknown): { messages: Catalogue; problem: string | null } {
  if (!isRecord(value)) return { messages: {}, problem: 'messages: expected an object of texts by their key' };
  const found = Object.entries(value).map(([key, message]) => ({ key, message, problem: problemOf(key, message) }));
  const problems = found.flatMap(({ key, problem }) => (problem ? `${key}: ${problem}` : []));
  return {
    messages: Object.fromEntries(
      found.filter(({ problem }) => !problem).map(({ key, message }) => [key, message as Message]),
    ),
    problem: problems.length > 0 ? `messages: ${problems.join('; ')}` : null,
  };
}

function problemOf(key: string, message: unknown): string | null {
  const known = Object.hasOwn(knownMessages, key) ? knownMessages[key] : undefined;
  if (!known) return 'there is no such key';
  if (typeof message === 'string') return strangerIn([message], known);
  if (!isRecord(message)) return 'expected a text, or a text for each plural category';
  const { other } = message;
  const texts = Object.values(message);
  if (typeof other !== 'string' || !texts.every((text) => typeof text === 'string'))
    return 'expected texts, one of them for the plural category "other"';
  const unknown = Object.keys(message).find((category) => !categories.includes(category));
  if (unknown !== undefined) return `"${unknown}" is no plural category`;
  return known.includes('count') ? strangerIn(texts, known) : 'this text has no count';
}

function strangerIn(texts: readonly string[], known: readonly string[]): string | null {
  const stranger = texts
    .flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))
    .find((name) => !known.includes(name));
  if (stranger === undefined) return null;
  return `there is no {${stranger}}${known.length > 0 ? `, only ${known.map((name) => `{${name}}`).join(', ')}` : ''}`;
}
