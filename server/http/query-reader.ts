import { parse } from 'node:querystring';

/** What a page asks for again and again is read once; the text of a search is kept no longer than others are not more. */
const remembered = 500;
const longestRemembered = 200;

const queryOf = (url: string): string => {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
};

/** Reads the query of a request's target, by the same text as before to the same, frozen, value. */
export const queryReader = (parseQuery: (query: unknown) => unknown): ((url: string) => unknown) => {
  const known = new Map<string, unknown>();
  return (url) => {
    const text = queryOf(url);
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const parsed = parseQuery(parse(text));
    if (parsed !== undefined && text.length <= longestRemembered) {
      if (known.size === remembered) {
        known.clear();
      }
      known.set(text, Object.freeze(parsed));
    }
    return parsed;
  };
};
