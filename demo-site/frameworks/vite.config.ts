import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const path = (address: string): string => fileURLToPath(new URL(address, import.meta.url));

/** Northwind's pages in React, Vue and Svelte, each a script that the website's pages load. */
export default defineConfig({
  root: path('.'),
  base: '/frameworks/',
  mode: 'development',
  logLevel: 'warn',
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('zenskar-') } } }),
    svelte({ configFile: false }),
  ],
  build: {
    outDir: path('../../dist/frameworks'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" is for apps that are rendered on a server.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
      input: { react: path('react/main.tsx'), vue: path('vue/main.ts'), svelte: path('svelte/main.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
