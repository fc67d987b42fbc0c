import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { shortPrivateNames } from './widget/short-private-names.mjs';

/**
 * Trusted Types: lit's policy gets the portal's name, so that a page can list it (`trusted-types zenskar-portal`), and a
 * second element with a copy of lit in the page keeps its own.
 */
const ownTrustedTypesPolicy = {
  name: 'own-trusted-types-policy',
  transform(code, id) {
    if (!/[\\/]lit-html[\\/]lit-html\.js$/.test(id)) return null;
    const renamed = code.replace('createPolicy("lit-html"', 'createPolicy("zenskar-portal"');
    if (renamed === code) this.error('lit-html no longer creates its policy as expected');
    return { code: renamed, map: null };
  },
};

const helper = 'virtual:decorate';
const helperCode =
  'export const __decorateClass = (decorators, target, key, kind) => {' +
  'let result = kind > 1 ? undefined : kind ? Object.getOwnPropertyDescriptor(target, key) : target;' +
  'for (const decorator of decorators.toReversed())' +
  'result = (kind ? decorator(target, key, result) : decorator(result)) || result;' +
  'if (kind && result) Object.defineProperty(target, key, result);' +
  'return result;};';

/** One copy of the function that applies decorators, instead of esbuild's copy in every module. */
const sharedDecorators = {
  name: 'shared-decorators',
  resolveId: (id) => (id === helper ? id : null),
  load: (id) => (id === helper ? helperCode : null),
  transform(code) {
    const own = /^var __defProp = [\s\S]*?^var __decorateClass = [\s\S]*?^};\n/m;
    return own.test(code)
      ? { code: code.replace(own, `import { __decorateClass } from '${helper}';\n`), map: null }
      : null;
  },
};

/** Old chunks have other hashes and would pile up. */
const emptyFolder = {
  name: 'empty-folder',
  renderStart: ({ dir }) => rmSync(dir, { recursive: true, force: true }),
};

const bundle = (input, dir, name) => ({
  input: { [name]: input },
  output: {
    dir,
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: ({ name, facadeModuleId }) =>
      `${name === 'define' && facadeModuleId ? basename(dirname(facadeModuleId)) : name}-[hash].js`,
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.ts', '.mjs', '.js'] }),
    ownTrustedTypesPolicy,
    minifyTemplateLiterals({ options: { minifyOptions: { minifyCSS: true } } }),
    shortPrivateNames(),
    esbuild({ tsconfig: 'tsconfig.json', target: 'es2022' }),
    sharedDecorators,
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 3, unsafe_arrows: true, keep_fargs: false },
      format: { comments: false },
    }),
    emptyFolder,
  ],
});

const demoSiteEntries = existsSync('demo-site/browser')
  ? readdirSync('demo-site/browser').filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  : [];

export default [
  ['widget/src/define.ts', 'dist/widget', 'zenskar-portal'],
  ['server/console/browser/main.ts', 'dist/console', 'console'],
  ['server/hosted/browser/main.ts', 'dist/hosted', 'hosted'],
  ...demoSiteEntries.map((file) => [`demo-site/browser/${file}`, 'dist/demo-site', file.replace(/\.ts$/, '')]),
]
  .filter(([input]) => existsSync(input))
  .map(([input, dir, name]) => bundle(input, dir, name));
