import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { leanLit } from './widget/lean-lit.mjs';
import { shortPrivateNames } from './widget/short-private-names.mjs';
import { staticProperties } from './widget/static-properties.mjs';

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

/** Writes down what a page needs to load the script from its own address and to refuse any other. */
const integrity = {
  name: 'integrity',
  writeBundle({ dir }, bundle) {
    const { fileName, code } = Object.values(bundle).find(({ type }) => type === 'chunk');
    const hash = createHash('sha384').update(code).digest('base64');
    writeFileSync(join(dir, 'integrity.json'), JSON.stringify({ script: fileName, integrity: `sha384-${hash}` }));
  },
};

const inChunks = {
  entryFileNames: '[name].js',
  chunkFileNames: ({ name, facadeModuleId }) =>
    `chunks/${name === 'define' && facadeModuleId ? basename(dirname(facadeModuleId)) : name}-[hash].js`,
};

/** The whole in one file at an address of its own: browsers check the integrity of a script, not of what it imports. */
const inOneFile = { inlineDynamicImports: true, entryFileNames: '[hash:16]/[name].js' };

const bundle = (input, dir, name, isPinned = false) => ({
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
    leanLit({ isWidget: name === 'zenskar-portal' }),
    retriedImports,
    minifyTemplateLiterals({
      // It has no templates, and is warned about because it defines unsafeCSS.
      exclude: '**/node_modules/@lit/reactive-element/**',
      options: { minifyOptions: { minifyCSS: true } },
    }),
    staticProperties,
    shortPrivateNames(),
    esbuild({ tsconfig: 'tsconfig.json', target: 'es2022' }),
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 6, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, sequences: false },
      format: { comments: false },
    }),
    emptyFolder,
    compressed,
    ...(isPinned ? [integrity] : []),
  ],
});

export default [
  ['widget/src/define.ts', 'dist/widget', 'zenskar-portal'],
  ['widget/src/define.ts', 'dist/pinned', 'zenskar-portal', true],
  ['server/console/browser/main.ts', 'dist/console', 'console'],
  ['server/hosted/browser/main.ts', 'dist/hosted', 'hosted'],
  ['server/openapi/browser/main.ts', 'dist/reference', 'reference'],
].map((parts) => bundle(...parts));
