/** `addresses` is `address`: for the plain English nouns of paths and fields. */
export const singular = (noun: string): string =>
  noun
    .replace(/ies$/, 'y')
    .replace(/(ss|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
