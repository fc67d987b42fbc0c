import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { entries, packageFolder, placeOf, root } from './entries.ts';

/** Modules as they are in the source, so that bundlers see which of them register elements and may leave out the rest. */
export const bundlePackage = async (): Promise<void> => {
  const bundle = await rollup({
    input: Object.fromEntries(Object.values(entries).map((source) => [placeOf(source), `${root}${source}`])),
    external: [/^lit(?:$|\/)/, /^react(?:$|\/)/, /^node:/, 'standardwebhooks'],
    plugins: [
      nodeResolve({ extensions: ['.ts'] }),
      minifyTemplateLiterals({ options: { minifyOptions: { minifyCSS: true } } }),
      esbuild({ tsconfig: `${root}tsconfig.json`, target: 'es2022' }),
    ],
    onwarn: (warning) => {
      throw new Error(`The package cannot be bundled: ${warning.message}`);
    },
  });
  await bundle.write({
    dir: packageFolder,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: ({ name }) => `${placeOf(name)}.js`,
    // Where components are rendered on a server first, these are the browser's.
    banner: ({ name }) => (placeOf(name) === placeOf(entries['./react']) ? `'use client';` : ''),
  });
  await bundle.close();
};
