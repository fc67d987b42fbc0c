import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const widget = dirname(fileURLToPath(import.meta.url));
const browserCode = ['src/**/*.ts', '../server/*/browser/**/*.ts'];
const declaration = /^( {2}(?:private|protected) (?:abstract |override |readonly |static |async |get |set )*)(\w+)/gm;
const access = /\b(this\.)(\w+)/g;
const word = /\w+/g;

/** How often each name that `pattern` finds stands in `source`. */
function count(source, pattern, group) {
  const counts = new Map();
  for (const match of source.matchAll(pattern)) counts.set(match[group], (counts.get(match[group]) ?? 0) + 1);
  return counts;
}

/**
 * Short names for private and protected members, which TypeScript keeps inside but minifiers must take for public. A name
 * counts when each time it stands anywhere in the browser code it is such a member's declaration or `this.name`.
 * Members with decorators are left alone: lit finds those by their name. The `$` keeps the short names apart from those
 * that lit's own classes use.
 */
function shortNames() {
  const files = globSync(browserCode, { cwd: widget }).filter((file) => !file.endsWith('.test.ts'));
  const known = new Map();
  const inside = new Set();
  for (const file of files) {
    const source = readFileSync(join(widget, file), 'utf8');
    const declared = count(source, declaration, 2);
    const accessed = count(source, access, 2);
    for (const [name, times] of count(source, word, 0)) {
      const isOwn = times === (declared.get(name) ?? 0) + (accessed.get(name) ?? 0);
      known.set(name, isOwn && known.get(name) !== false);
      if (declared.has(name)) inside.add(name);
    }
  }
  const names = [...inside].filter((name) => known.get(name));
  return new Map(names.map((name, index) => [name, `$${index.toString(36)}`]));
}

/** Rollup plugin. Comes before the plugin that compiles TypeScript. */
export const shortPrivateNames = () => {
  const names = shortNames();
  const shorten = (match, before, name) => `${before}${names.get(name) ?? name}`;
  return {
    name: 'short-private-names',
    transform: (code, id) =>
      id.endsWith('.ts') ? { code: code.replace(declaration, shorten).replace(access, shorten), map: null } : null,
  };
};
