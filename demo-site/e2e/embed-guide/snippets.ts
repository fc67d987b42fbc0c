import { readFileSync } from 'node:fs';

const guide = readFileSync(new URL('../../../docs/embed.md', import.meta.url), 'utf8');

const fences = [...guide.matchAll(/^```(.*)\n([\s\S]*?)\n```$/gm)].map(([, info = '', code = '']) => ({
  name: /^\S+ run=(\S+)$/.exec(info)?.[1] ?? info,
  code,
}));

/** Names of all snippets of the guide, in its order; one that nothing is to run has the language as its name. */
export const snippetNames: readonly string[] = fences.map(({ name }) => name);

/** One snippet as the guide has it, with the addresses of `places` in the place of the made-up ones. */
export function snippet(name: string, places: Readonly<Record<string, string>> = {}): string {
  const found = fences.find((fence) => fence.name === name);
  if (found === undefined) {
    throw new Error(`The embed guide has no snippet "${name}"`);
  }
  return Object.entries(places).reduce((code, [from, to]) => code.replaceAll(from, to), found.code);
}
