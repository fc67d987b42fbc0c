import { readFile } from 'node:fs/promises';
import type { Customer, Settings } from './demo-file.ts';
import { pages } from './pages.ts';
import type { Page } from './pages.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

/** Replaces `{{name}}`; a name without a value is a mistake in the page. */
const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(`The page has no value for ${name}`);
    }
    return value;
  });

const header = (page: Page, customer: Customer, customers: readonly Customer[]): string => `<header class="site-header">
      <a class="brand" href="/account"><img src="/northwind-logo.svg" alt="" width="28" height="28" />Northwind Cloud</a>
      <nav aria-label="Main">
        ${pages
          .map(
            ({ path, name }) =>
              `<a href="${path}"${path === page.path ? ' aria-current="page"' : ''}>${escapeHtml(name)}</a>`,
          )
          .join('\n        ')}
      </nav>
      <button class="visitor" type="button" popovertarget="visitors">
        <span class="visitor-label">Logged in as</span>
        <bdi class="visitor-name">${escapeHtml(customer.name)}</bdi>
      </button>
      <div id="visitors" class="visitors" popover>
        <form method="post" action="/log-in">
          <input type="hidden" name="page" value="${page.path}" />
          <p>Log in as another customer</p>
          <ul>
            ${customers
              .map(
                ({
                  id,
                  name,
                  note,
                }) => `<li><button name="customer_id" value="${id}"${id === customer.id ? ' aria-current="true"' : ''}>
              <bdi>${escapeHtml(name)}</bdi><span>${escapeHtml(note)}</span></button></li>`,
              )
              .join('\n            ')}
          </ul>
        </form>
      </div>
    </header>`;

const sourceBox = (name: string, text: string, isOpen: boolean): string => `<details${isOpen ? ' open' : ''}>
        <summary><code>${escapeHtml(name)}</code></summary>
        <div class="source-code">
          <button type="button" class="copy" data-copy>Copy</button>
          <pre tabindex="0" aria-label="Source of ${escapeHtml(name)}"><code>${escapeHtml(text)}</code></pre>
        </div>
      </details>`;

const withoutSlots = (template: string): string => template.replace(/^ *\{\{(site_header|page_source)\}\}\n/gm, '');

const sources = async (page: Page, template: string, settings: Settings): Promise<string> => {
  const shown = fill(withoutSlots(template), {
    api_url: settings.apiUrl,
    app: '',
    session_token: 'the session_token that your backend got for this page view',
  });
  const others = await Promise.all(
    page.sources.map(async (path) => sourceBox(path.replace(/^(public|frameworks)\//, ''), await read(path), false)),
  );
  return `<section class="source" aria-labelledby="source-title">
      <h2 id="source-title">The source of this page</h2>
      <p>All of it but the website's header and this box. The backend's part holds the API key.</p>
      ${[sourceBox(page.file, shown, false), ...others].join('\n      ')}
    </section>
    <script type="module" src="/site.js"></script>`;
};

/** `dist/frameworks-server`, which `npm run frameworks` makes. */
const renderApp = async (app: string, apiUrl: string): Promise<string> => {
  const { render } = (await import(new URL(`../dist/frameworks-server/${app}.js`, import.meta.url).href)) as {
    render: (apiUrl: string) => string | Promise<string>;
  };
  return render(apiUrl);
};

/** One page of the website, for the customer who is logged in. */
export const renderPage = async (
  page: Page,
  settings: Settings,
  customer: Customer,
  session: { session_token: string } | undefined,
): Promise<string> => {
  const template = await read(`pages/${page.file}`);
  return fill(template, {
    api_url: escapeHtml(settings.apiUrl),
    session_token: escapeHtml(session?.session_token ?? ''),
    app: page.app === undefined ? '' : await renderApp(page.app, settings.apiUrl),
    site_header: header(page, customer, settings.customers),
    page_source: await sources(page, template, settings),
  });
};
