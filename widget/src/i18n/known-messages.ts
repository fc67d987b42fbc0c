import { catalogues } from './catalogues.ts';
import type { Message } from './localize.ts';

const placeholdersOf = (message: Message): string[] => {
  const text = typeof message === 'string' ? message : message.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
};

/** Every key with the placeholders of its text, those of counted texts among them. The build runs this. */
export const knownMessages: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  catalogues.flatMap((catalogue) =>
    Object.entries(catalogue).map(([key, message]: [string, Message]) => [
      key,
      typeof message === 'string' ? placeholdersOf(message) : [...new Set(['count', ...placeholdersOf(message)])],
    ]),
  ),
);
