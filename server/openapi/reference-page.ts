import { html } from './html.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { OpenApiDocument } from './model.ts';
import { renderEvent } from './reference-event.ts';
import { renderOperation } from './reference-operation.ts';
import type { Entry } from './reference-operation.ts';

/** One page of the reference: the operations of one tag. */
interface Chapter {
  slug: string;
  name: string;
  description: string;
  entries: Entry[];
}

const slugOf = (tag: string): string => tag.toLowerCase().replace(/[^a-z]+/g, '-');

const eventMethod = 'event';

const entriesOf = ({ paths, webhooks }: OpenApiDocument): Entry[] => [
  ...Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  ),
  ...Object.entries(webhooks).map(([type, { post }]) => ({ method: eventMethod, path: type, operation: post })),
];

/** Lists and single records come first, second names of operations and bulk last. */
const rank = ({ path, operation }: Entry): number =>
  operation.summary.includes('(same as') || path.endsWith('/bulk') ? 100 : path.split('/').length;

const chaptersOf = (document: OpenApiDocument): Chapter[] => {
  const entries = entriesOf(document);
  return document.tags.map(({ name, description }) => ({
    slug: slugOf(name),
    name,
    description,
    entries: entries
      .filter(({ operation }) => operation.tags.includes(name))
      .toSorted((one, other) => rank(one) - rank(other)),
  }));
};

const shortName = (name: string): string => {
  const short = name.replace(/^\w+: /, '');
  return short.charAt(0).toUpperCase() + short.slice(1);
};

const renderChapterLink = ({ slug, name, entries }: Chapter, current: string | undefined): Html =>
  html`<details ${slug === current ? html`open data-current` : ''}>
    <summary>${shortName(name)}</summary>
    <ul>
      ${entries.map(
        ({ method, operation }) =>
          html`<li>
            <a href="/docs/${slug}#${operation.operationId}"
              ><span>${operation.summary}</span> <small class="method ${method}">${method.toUpperCase()}</small></a
            >
          </li>`,
      )}
    </ul>
  </details>`;

const renderContents = (document: OpenApiDocument, chapters: readonly Chapter[], current: string | undefined): Html =>
  html`<nav id="contents" popover aria-label="Contents">
    <p><a href="/docs" ${current === undefined ? html`aria-current="page"` : ''}>Introduction</a></p>
    <input id="filter" type="search" placeholder="Find an operation" aria-label="Find an operation" hidden />
    ${document['x-tagGroups'].map(
      (group) =>
        html`<section>
          <h2>${group.name}</h2>
          ${chapters
            .filter(({ name }) => group.tags.includes(name))
            .map((chapter) => renderChapterLink(chapter, current))}
        </section>`,
    )}
    <p id="no-match" role="status"></p>
    <p><a href="/openapi.json">OpenAPI document</a></p>
  </nav>`;

const renderPage = (document: OpenApiDocument, title: string, contents: Html, main: Html): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/docs/assets/reference.css" />
        <script type="module" src="/docs/assets/reference.js"></script>
      </head>
      <body>
        <header>
          <a class="title" href="/docs">${document.info.title}</a> <span class="version">${document.info.version}</span>
          <button type="button" popovertarget="contents">Contents</button>
        </header>
        ${contents}
        <main>${main}</main>
      </body>
    </html> `.text;

const introductionOf = ({ info, servers }: OpenApiDocument): Html =>
  html`<div class="introduction">
    <h1>${info.title}</h1>
    <p class="lead">${info.summary}.</p>
    <p class="endpoint"><span class="method">URL</span> <code>${servers[0]?.url}</code></p>
    ${markdown(info.description)}
  </div>`;

const chapterOf = (document: OpenApiDocument, { name, description, entries }: Chapter): Html =>
  html`<h1>${name}</h1>
    <p class="lead">${description}</p>
    ${entries.map((entry) => (entry.method === eventMethod ? renderEvent(document, entry) : renderOperation(document, entry)))}`;

/** The API reference: its pages by address. */
export const renderReference = (document: OpenApiDocument): Map<string, string> => {
  const chapters = chaptersOf(document);
  const { title } = document.info;
  const pages = chapters.map((chapter): [string, string] => [
    `/docs/${chapter.slug}`,
    renderPage(
      document,
      `${chapter.name} · ${title}`,
      renderContents(document, chapters, chapter.slug),
      chapterOf(document, chapter),
    ),
  ]);
  const first = renderPage(document, title, renderContents(document, chapters, undefined), introductionOf(document));
  return new Map([['/docs', first], ...pages]);
};
