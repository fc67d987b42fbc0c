import { readFileSync } from 'node:fs';
import { entries, placeOf, root } from './entries.ts';
import { webTypesFile } from './frameworks/editor-data.ts';

interface RootPackage {
  version: string;
  description: string;
  license: string;
  dependencies: Record<string, string>;
}

/** An entry that is only types, such as those for the templates of a framework. */
export interface TypesEntry {
  /** `./vue` */
  name: string;
  /** The declaration file's place in the package: `./types/vue.d.ts`. */
  types: string;
}

/** What the modules import; the version that this project is tested with, or a newer one that is compatible. */
const imported = ['lit', 'standardwebhooks'];

/** The `package.json` of the npm package; its version is the project's. */
export const packageJson = (typesEntries: readonly TypesEntry[]): Record<string, unknown> & { version: string } => {
  const project = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as RootPackage;
  const modules = Object.entries(entries).map(([name, source]) => {
    const place = `./${placeOf(source)}`;
    return [name, { types: `${place}.d.ts`, default: `${place}.js` }] as const;
  });
  return {
    name: 'zenskar-portal',
    version: project.version,
    description: project.description,
    license: project.license,
    keywords: ['billing', 'customer portal', 'custom elements', 'invoices', 'web components'],
    type: 'module',
    exports: {
      ...Object.fromEntries(modules),
      ...Object.fromEntries(typesEntries.map(({ name, types }) => [name, { types }])),
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    sideEffects: ['./widget/**/define*.js'],
    customElements: './custom-elements.json',
    'web-types': `./${webTypesFile}`,
    dependencies: Object.fromEntries(imported.map((name) => [name, `^${project.dependencies[name] ?? ''}`])),
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  };
};
