import { readFile } from 'node:fs/promises';
import type { Express } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { serveBundle } from '../http/assets.ts';
import { notFound } from '../http/errors.ts';
import { noDevices } from '../http/security-headers.ts';
import { servedText } from '../http/served-text.ts';
import { openApiDocument } from './document.ts';
import { renderReference } from './reference-page.ts';

const forEveryOrigin = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** The pages load their style and script from here, and nothing from elsewhere. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  ...noDevices,
};

const readStyle = (): Promise<string> => readFile(new URL('browser/reference.css', import.meta.url), 'utf8');

/** The OpenAPI document, for tools on any page, and the API reference made of it. */
export const serveReference = (app: Express, { config }: Dependencies): void => {
  const documentOnce = (): ReturnType<typeof openApiDocument> => openApiDocument(config.publicOrigin);

  app.get(
    '/openapi.json',
    servedText(() => JSON.stringify(documentOnce()), {
      'content-type': 'application/json; charset=utf-8',
      ...forEveryOrigin,
    }),
  );

  app.get('/docs/assets/reference.css', servedText(readStyle, { 'content-type': 'text/css; charset=utf-8' }));
  app.use('/docs/assets', serveBundle('reference'));

  let pages: ReadonlyMap<string, ReturnType<typeof servedText>> | undefined;
  app.get(['/docs', '/docs/:chapter'], async (req, res, next) => {
    pages ??= new Map(
      [...renderReference(documentOnce())].map(([path, page]) => [path, servedText(() => page, pageHeaders)]),
    );
    const page = pages.get(req.path.replace(/\/$/, ''));
    if (page === undefined) {
      throw notFound();
    }
    await page(req, res, next);
  });
};
