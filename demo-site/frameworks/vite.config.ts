import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const path = (address: string): string => fileURLToPath(new URL(address, import.meta.url));

/** Northwind's pages in React, Vue and Svelte: for browsers a script each, for the website's server what they start with. */
export default defineConfig(({ isSsrBuild = false }) => ({
  root: path('.'),
  base: '/frameworks/',
  mode: 'development',
  logLevel: 'warn',
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('zenskar-') } } }),
    svelte({ configFile: false }),
  ],
  build: {
    outDir: path(isSsrBuild ? '../../dist/frameworks-server' : '../../dist/frameworks'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { pluginTimings: false },
      // "use client" is for bundlers that make both in one go.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
      input: isSsrBuild
        ? { react: path('react/server.tsx'), vue: path('vue/server.ts'), svelte: path('svelte/server.ts') }
        : { react: path('react/main.tsx'), vue: path('vue/main.ts'), svelte: path('svelte/main.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
}));
