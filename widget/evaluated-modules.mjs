import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const evaluated = /[\\/](?:locales[\\/]\w+|known-messages)\.ts$/;

/** Rollup plugin: runs modules that only make data while building, and puts the data in their place. */
export const evaluatedModules = {
  name: 'evaluated-modules',
  async load(id) {
    if (!evaluated.test(id)) return null;
    // A watching build must not get the text of before.
    const made = await import(`${pathToFileURL(id).href}?${statSync(id).mtimeMs}`);
    return Object.entries(made)
      .map(([name, data]) => `export const ${name} = ${JSON.stringify(data)};`)
      .join('\n');
  },
};
