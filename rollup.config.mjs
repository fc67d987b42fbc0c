import { existsSync, readdirSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';

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

const bundle = (input, dir, name) => ({
  input: { [name]: input },
  output: {
    dir,
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.ts', '.mjs', '.js'] }),
    ownTrustedTypesPolicy,
    minifyTemplateLiterals({ options: { minifyOptions: { minifyCSS: true } } }),
    esbuild({ tsconfig: 'tsconfig.json', target: 'es2022' }),
    terser({ ecma: 2022, module: true, compress: { passes: 2, unsafe_arrows: true }, format: { comments: false } }),
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
