import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('frameworks/', import.meta.url));
const bin = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));

/** What a program says when it is done; rejects when it finds fault. */
const run = async (program: string, ...args: string[]): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder }).catch(
    (failed: { stdout: string; stderr: string }) => {
      throw new Error(`${failed.stdout}\n${failed.stderr}`);
    },
  );
  return `${stdout}${stderr}`;
};

/** In a process of its own, without anything that a browser has. */
const runModule = (code: string): Promise<string> => run(process.execPath, '--input-type=module', '--eval', code);

describe('the types of the package', () => {
  test('fit the page in React, and refuse what is wrong', async () => {
    expect(await run(`${bin}tsc`, '-p', 'react')).toBe('');
  });

  test('fit the template of the page in Vue, and refuse what is wrong', async () => {
    expect(await run(`${bin}vue-tsc`, '-p', 'vue')).toBe('');
  });

  test('fit the markup of the page in Svelte, and refuse what is wrong', async () => {
    const told = await run(`${bin}svelte-check`, '--workspace', 'svelte', '--tsconfig', './tsconfig.json');
    expect(told).toContain('0 errors and 0 warnings');
  });
});

describe('on a server', () => {
  test.each(['', '/define', '/react', '/frame', '/server'])(
    'importing zenskar-portal%s does no harm',
    async (entry) => {
      expect(await runModule(`await import('zenskar-portal${entry}')`)).toBe('');
    },
  );

  test.each(['react', 'vue', 'svelte'])('the page in %s is drawn with the tag in it', async (framework) => {
    const html = await runModule(`
      const { render } = await import('../../dist/frameworks-server/${framework}.js');
      process.stdout.write(await render('https://billing.example.com'));
    `);
    expect(html).toMatch(/<zenskar-portal [^>]*class="billing"[^>]*><\/zenskar-portal>/);
    expect(html).toContain('Hide billing');
    expect(html).not.toContain('/portal-session');
  });

  test('every component is its bare tag', async () => {
    const html = await runModule(`
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      const components = await import('zenskar-portal/react');
      const props = { apiUrl: 'https://billing.example.com', fetchSession: () => null, onReady: () => null, id: 'billing' };
      for (const component of Object.values(components)) {
        process.stdout.write(renderToString(createElement(component, props)));
      }
    `);
    expect(html.match(/<[^/]*?>/g)).toEqual(
      [
        'zenskar-entitlements',
        'zenskar-invoices',
        'zenskar-payments',
        'zenskar-portal',
        'zenskar-portal-frame',
        'zenskar-profile',
        'zenskar-summary',
      ].map((tag) => `<${tag} id="billing">`),
    );
  });
});
