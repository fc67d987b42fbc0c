import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { evaluatedModules } from './widget/evaluated-modules.mjs';
import { leanLit } from './widget/lean-lit.mjs';
import { shortPrivateNames } from './widget/short-private-names.mjs';
import { shortStyles } from './widget/short-styles.mjs';
import { staticProperties } from './widget/static-properties.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Old chunks have other hashes and would pile up. */
const emptyFolder = {
  name: 'empty-folder',
  renderStart: ({ dir }) => rmSync(dir, { recursive: true, force: true }),
};

/** Browsers remember that an import failed and never ask again: after a failure the address is another one each time. */
const retriedImports = {
  name: 'retried-imports',
  renderDynamicImport: () => ({ left: 'importAgain(', right: ')' }),
  renderChunk: (code) =>
    code.includes('importAgain(')
      ? {
          code: `${code}\nfunction importAgain(url){return import(url).catch(()=>import(url+'?'+performance.now()))}`,
          map: null,
        }
      : null,
};

/** Each script beside itself as `.br` and `.gz`, for the server to send as they are. */
const compressed = {
  name: 'compressed',
  writeBundle({ dir }, bundle) {
    for (const { type, fileName, code } of Object.values(bundle)) {
      if (type !== 'chunk') continue;
      writeFileSync(join(dir, `${fileName}.br`), brotliCompressSync(code));
      writeFileSync(join(dir, `${fileName}.gz`), gzipSync(code, { level: 9 }));
    }
  },
};

/**
 * Puts the script at an address of its own: the version for people, and what its content says, which the server checks
 * before it serves it.
 */
const addressed = {
  name: 'addressed',
  generateBundle(_options, bundle) {
    const script = Object.values(bundle).find(({ type }) => type === 'chunk');
    const hash = createHash('sha384').update(script.code).digest('base64url').slice(0, 16);
    for (const file of Object.values(bundle)) file.fileName = `${version}-${hash}/${file.fileName}`;
  },
};

const inChunks = {
  entryFileNames: '[name].js',
  chunkFileNames: ({ name, moduleIds }) =>
    `chunks/${name === 'define' ? basename(dirname(moduleIds.at(-1))) : name}-[hash].js`,
};

/** Browsers check the integrity of a script, not of what it imports. */
const inOneFile = { inlineDynamicImports: true, entryFileNames: '[name].js' };

export const bundle = (input, dir, name, isPinned = false) => ({
  input: { [name]: input },
  output: {
    dir,
    format: 'es',
    // The server names the map in a header: a comment would be part of every first load.
    sourcemap: 'hidden',
    ...(isPinned ? inOneFile : inChunks),
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.ts', '.mjs', '.js'] }),
    evaluatedModules,
    leanLit({ isWidget: name === 'zenskar-portal' }),
    retriedImports,
    minifyTemplateLiterals({
      // It has no templates, and is warned about because it defines unsafeCSS.
      exclude: '**/node_modules/@lit/reactive-element/**',
      options: { minifyOptions: { minifyCSS: true, removeAttributeQuotes: true } },
    }),
    staticProperties,
    shortPrivateNames(),
    shortStyles,
    esbuild({ tsconfig: 'tsconfig.json', target: 'es2022' }),
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 6, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, sequences: false },
      format: { comments: false },
    }),
    emptyFolder,
    compressed,
    ...(isPinned ? [addressed] : []),
  ],
});

/** The scripts for merchants' pages, each also pinned. Every bundle empties its folder, so each has one of its own. */
const publicScripts = [
  ['zenskar-portal', 'widget/src/define.ts', 'dist/widget'],
  ['zenskar-frame', 'widget/src/frame/define.ts', 'dist/frame'],
];

export default [
  ...publicScripts.map(([name, input, dir]) => bundle(input, dir, name)),
  ...publicScripts.map(([name, input]) => bundle(input, `dist/pinned/${name}`, name, true)),
  bundle('server/console/browser/main.ts', 'dist/console', 'console'),
  bundle('server/hosted/browser/main.ts', 'dist/hosted', 'hosted'),
  bundle('server/openapi/browser/main.ts', 'dist/reference', 'reference'),
  bundle('demo-site/gallery/main.ts', 'dist/gallery', 'gallery'),
];
