import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { Express, RequestHandler, Response } from 'express';
import type { Config } from '../config.ts';
import { listPinnedScripts, pinnedScriptFinder } from './pinned-scripts.ts';
import { assetHeaders } from './security-headers.ts';

const encodings = { br: 'br', gzip: 'gz' } as const;

const bundleFolder = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

/** In the folders of a bundle, addresses change with their content; those of an entry do not. */
const cacheHeaders =
  (folder: string) =>
  (res: Response, path: string): void => {
    res.set('cache-control', dirname(path) === folder ? 'no-cache' : 'public, max-age=31536000, immutable');
  };

/** Asks for the script as the build has compressed it, where the browser takes that. */
const preferCompressed =
  (folder: string): RequestHandler =>
  (req, res, next) => {
    res.vary('Accept-Encoding');
    const encoding = req.acceptsEncodings('br', 'gzip');
    if (!/^\/(?:[\w.-]+\/)?[\w-]+\.js$/.test(req.path)) {
      next();
      return;
    }
    res.set('sourcemap', `${basename(req.path)}.map`);
    if (encoding === 'br' || encoding === 'gzip') {
      const path = `${req.path}.${encodings[encoding]}`;
      if (existsSync(join(folder, path))) {
        req.url = path;
        res.set('content-encoding', encoding).type('text/javascript');
      }
    }
    next();
  };

const serveFolder = (folder: string): RequestHandler[] => [
  preferCompressed(folder),
  express.static(folder, { index: false, redirect: false, etag: true, setHeaders: cacheHeaders(folder) }),
];

/** Serves one built bundle. */
export const serveBundle = (name: string): RequestHandler[] => serveFolder(bundleFolder(name));

/** Serves the pinned scripts of this version, and those of earlier ones that were kept. */
const servePinned = ({ pinnedFolder }: Config): RequestHandler => {
  const find = pinnedScriptFinder(pinnedFolder);
  const routers = new Map<string, Router>();
  return async (req, res, next) => {
    const folder = await find(req.path);
    if (folder === null) {
      next();
      return;
    }
    const router = routers.get(folder) ?? Router().use(serveFolder(folder));
    routers.set(folder, router);
    router(req, res, next);
  };
};

/** The widget for every merchant's page, and the hosted page's own script. */
export const serveAssets = (app: Express, config: Config): void => {
  app.use('/widget/v1', assetHeaders, serveBundle('widget'), serveBundle('frame'));
  app.get('/widget/integrity.json', assetHeaders, async (_req, res) => {
    res.set('cache-control', 'no-cache').json({ scripts: await listPinnedScripts() });
  });
  app.use('/widget', assetHeaders, servePinned(config));
  app.use('/hosted', serveBundle('hosted'));
};
