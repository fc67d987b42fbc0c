import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { rollup } from 'rollup';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './entries.ts';

interface PackageJson {
  version: string;
  exports: Record<string, { default?: string; types: string } | string>;
  sideEffects: string[];
  dependencies: Record<string, string>;
}

/** What an app has beside the package: its own copies of what the package shares with it, and of what checks types. */
const besides = ['lit', 'standardwebhooks', 'react', '@types/react', '@types/node'];

let app: string;
let installed: string;
let fields: PackageJson;

/** As `npm install zenskar-portal-0.1.0.tgz` in an app of its own, far from this project. */
beforeAll(() => {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as PackageJson;
  app = mkdtempSync(join(tmpdir(), 'portal-app-'));
  installed = join(app, 'node_modules/zenskar-portal');
  execFileSync('tar', ['xzf', `${root}dist/zenskar-portal-${version}.tgz`, '-C', app]);
  cpSync(join(app, 'package'), installed, { recursive: true });
  rmSync(join(app, 'package'), { recursive: true });
  for (const name of besides) {
    const place = join(app, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(`${root}node_modules/${name}`, place);
  }
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  fields = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as PackageJson;
});
afterAll(() => {
  rmSync(app, { recursive: true });
});

const filesIn = (pattern: string): string[] => globSync(pattern, { cwd: installed }).sort();
const read = (file: string): string => readFileSync(join(installed, file), 'utf8');
const modules = (): string[] =>
  Object.entries(fields.exports).flatMap(([name, to]) =>
    typeof to === 'object' && to.default !== undefined ? [`zenskar-portal${name.slice(1)}`] : [],
  );

describe('the tarball', () => {
  it('has modules, types, what describes them, and nothing else', () => {
    const others = filesIn('**/*.*').filter((file) => !/^(?:widget|server)\/.*\.js$|\.d\.ts$/.test(file));
    expect(others).toEqual(
      ['README.md', 'custom-elements.json', 'package.json', 'vscode.html-custom-data.json', 'web-types.json'].sort(),
    );
    expect(read('LICENSE')).toContain('MIT');
    expect(filesIn('**/*{test,testing,fixture}*')).toEqual([]);
  });

  it('imports what its package.json names, and no zod, not even for its types', () => {
    const allowed = [...Object.keys(fields.dependencies), 'react', 'vue', 'svelte'];
    const imported = filesIn('**/*.{js,d.ts}').flatMap((file) =>
      ts.preProcessFile(read(file)).importedFiles.map(({ fileName }) => fileName),
    );
    const foreign = new Set(
      imported.filter((name) => !/^\.|^node:/.test(name)).map((name) => name.split('/')[0] ?? ''),
    );
    expect(foreign).toContain('lit');
    for (const name of foreign) expect(allowed).toContain(name);
  });

  it('keeps to itself what is private', () => {
    const types = read('widget/portal-element.d.ts') + read('widget/session/session-element.d.ts');
    expect(types).toContain('fetchSession: FetchSession | null;');
    expect(types).not.toMatch(/\b(?:private|protected|sessionSource|willUpdate|PortalApi)\b/);
  });

  it('says of every module that registers elements that it does', () => {
    const registering = filesIn('widget/**/*.js').filter((file) =>
      /^(?:define\w+|customElements\.define)\(/m.test(read(file)),
    );
    expect(registering.length).toBeGreaterThan(5);
    for (const file of registering) {
      expect(
        fields.sideEffects.some((glob) => matchesGlob(file, glob.replace('./', ''))),
        file,
      ).toBe(true);
    }
  });
});

describe('imported on a server, without a document', () => {
  const run = (code: string): unknown =>
    JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: app, encoding: 'utf8' }));

  it('every module loads, alone', () => {
    for (const name of modules()) {
      const code = `console.log(JSON.stringify(Object.keys(await import('${name}'))))`;
      expect(run(code), name).toEqual(expect.any(Array));
    }
    expect(modules()).toEqual([
      'zenskar-portal',
      'zenskar-portal/define',
      'zenskar-portal/react',
      'zenskar-portal/frame',
      'zenskar-portal/server',
    ]);
  });

  it('the classes register nothing, and no timer keeps the process', () => {
    const code = `
      await import('zenskar-portal');
      console.log(JSON.stringify({ registered: globalThis.customElements?.get('zenskar-portal') !== undefined }));`;
    expect(run(code)).toEqual({ registered: false });
  });

  it('the client makes a client', () => {
    const code = `
      const { createPortalClient } = await import('zenskar-portal/server');
      const client = createPortalClient({ baseUrl: 'http://127.0.0.1:9', organisation: 'o', apiKey: 'k', maxRetries: 0 });
      const error = await client.invoices.list().catch((caught) => caught);
      console.log(JSON.stringify({ name: error.name, methods: typeof client.customers.create }));`;
    expect(run(code)).toEqual({ name: 'PortalConnectionError', methods: 'function' });
  });
});

describe('bundled', () => {
  const bundle = async (code: string): Promise<string> => {
    const { nodeResolve } = await import('@rollup/plugin-node-resolve');
    const entry = join(app, 'entry.js');
    writeFileSync(entry, code);
    const built = await rollup({
      input: entry,
      external: [/^lit/, /^react/],
      plugins: [nodeResolve()],
      onLog: () => undefined,
    });
    const { output } = await built.generate({ format: 'es' });
    await built.close();
    return output[0].code;
  };

  it('an event class brings no element along', async () => {
    const code = await bundle(`import { ZenskarReadyEvent } from 'zenskar-portal'; console.log(ZenskarReadyEvent);`);
    expect(code).toContain('zenskar-ready');
    expect(code).not.toMatch(/customElements|LitElement/);
  });

  it('the registration stays, though nothing of it is used', async () => {
    const code = await bundle(`import 'zenskar-portal/define';`);
    expect(code).toMatch(/define\w*\(['"]zenskar-portal['"]/);
    expect(code).toContain('zk-invoices-page');
  });
});

describe('typed', () => {
  const consumer = `
    import { ZenskarPortal, readView } from 'zenskar-portal';
    import type { FetchSession, Section, ViewState, ZenskarErrorEvent } from 'zenskar-portal';
    import 'zenskar-portal/define';
    import { ZenskarPortalFrame } from 'zenskar-portal/frame';
    import { ZenskarPortal as Portal } from 'zenskar-portal/react';
    import { createPortalClient, expressSessionRoute } from 'zenskar-portal/server';
    import { createElement } from 'react';

    const fetchSession: FetchSession = async ({ signal }) => (await fetch('/portal-session', { signal })).json();
    const portal: ZenskarPortal = document.createElement('zenskar-portal');
    portal.fetchSession = fetchSession;
    const view: ViewState = portal.view;
    portal.view = { section: 'payments' };
    portal.addEventListener('zenskar-invoice-open', ({ invoiceId }) => invoiceId.toUpperCase());
    portal.addEventListener('zenskar-invoice-download', ({ invoiceId }) => invoiceId.toUpperCase());
    portal.addEventListener('zenskar-error', (event: ZenskarErrorEvent) => {
      if (event.code === 'origin_not_allowed') console.warn(event.requestId?.length);
    });
    const section: Section | null = view.section;
    // @ts-expect-error -- no such section
    portal.view = { section: 'contracts' };
    // @ts-expect-error -- private
    portal.session;
    // @ts-expect-error -- a number is no address
    portal.apiUrl = 1;
    const frame: ZenskarPortalFrame = document.createElement('zenskar-portal-frame');
    frame.addEventListener('zenskar-ready', ({ sections }) => sections.includes('invoices'));
    createElement(Portal, { apiUrl: 'https://billing.example.com', fetchSession, onInvoiceOpen: ({ invoiceId }) => invoiceId.trim() });
    // @ts-expect-error -- no such theme
    createElement(Portal, { theme: 'blue' });

    const client = createPortalClient({ baseUrl: 'https://billing.example.com', organisation: 'o', apiKey: 'k' });
    export const route = expressSessionRoute({
      client,
      customerOf: () => ({ external_customer_id: '7' }),
      returnUrl: 'https://shop.example',
    });
    export const total = async (): Promise<number> => {
      let sum = 0;
      for await (const invoice of client.invoices.listAll({ status__in: ['approved'] })) sum += invoice.amount_due;
      const customer = await client.customers.create({ customer_name: 'Cedar' });
      // @ts-expect-error -- an amount is a number
      await client.payments.create({ customer_id: customer.id, amount: 'many', currency_code: 'USD' });
      // @ts-expect-error -- the session of a customer needs a way back
      await client.createSession({ customer_id: customer.id });
      const { name } = await client.call('GET /products/:product_id', { params: { product_id: 'p' } });
      return sum + name.length;
    };
    export { readView, section };
  `;

  it.each([
    ['a bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    ['Node', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ])('for %s', (_name, module, moduleResolution) => {
    const file = join(app, 'consumer.ts');
    writeFileSync(file, consumer);
    const program = ts.createProgram([file], {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: ['node'],
      typeRoots: [join(app, 'node_modules/@types')],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    });
    // Not the declarations of others, which their own projects check.
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(app));
    expect(own.length).toBeGreaterThan(20);
    const problems = [
      ...program.getOptionsDiagnostics(),
      ...own.flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]),
    ];
    expect(problems.map(({ file: at, messageText }) => [at?.fileName, messageText])).toEqual([]);
  });
});
