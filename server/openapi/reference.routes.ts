import type { Express } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { servedText } from '../http/served-text.ts';
import { openApiDocument } from './document.ts';

/** The OpenAPI document, for every tool on every page, and the reference made of it. */
export const serveReference = (app: Express, { config }: Dependencies): void => {
  app.get(
    '/openapi.json',
    servedText(() => JSON.stringify(openApiDocument(config.publicOrigin)), {
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    }),
  );
};
