import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import type { Rolldown } from 'vite';

export type Framework = 'react' | 'vue' | 'svelte';

/** Where the package is installed. Nothing is written there. */
const folder = fileURLToPath(new URL('../../frameworks/', import.meta.url));

const component = { react: 'guide-snippet.jsx', vue: 'guide-snippet.vue', svelte: 'guide-snippet.svelte' };

const mount = {
  react: `import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import { Billing } from './${component.react}';
    createRoot(document.body).render(createElement(Billing));`,
  vue: `import { createApp } from 'vue';
    import Billing from './${component.vue}';
    createApp(Billing).mount(document.body);`,
  svelte: `import { mount } from 'svelte';
    import Billing from './${component.svelte}';
    mount(Billing, { target: document.body });`,
};

/** A script that puts a component of the guide into the page, built as the guide says, from the npm package. */
export async function bundleSnippet(framework: Framework, code: string): Promise<string> {
  const sources: Record<string, string> = {
    [`${folder}guide-main.js`]: mount[framework],
    [`${folder}${component[framework]}`]: code,
  };
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'guide',
        enforce: 'pre',
        resolveId: (id) => Object.keys(sources).find((path) => path === id || id === `./${basename(path)}`),
        load: (id) => sources[id],
      },
      vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('zenskar-') } } }),
      svelte({ configFile: false }),
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: `${folder}guide-main.js`, output: { codeSplitting: false } },
    },
  });
  const [bundle] = [built].flat() as Rolldown.RolldownOutput[];
  const script = bundle?.output.find((file) => file.type === 'chunk' && file.isEntry);
  if (script?.type !== 'chunk') {
    throw new Error(`The ${framework} snippet made no script`);
  }
  return script.code;
}
