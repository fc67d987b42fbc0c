import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, RequestHandler, Response } from 'express';
import { assetHeaders } from './security-headers.ts';

const encodings = { br: 'br', gzip: 'gz' } as const;

/** A chunk's name changes with its content, an entry's does not. */
const cacheHeaders = (res: Response, path: string): void => {
  const isChunk = basename(dirname(path)) === 'chunks';
  res.set('cache-control', isChunk ? 'public, max-age=31536000, immutable' : 'no-cache');
};

const bundleFolder = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

/** Asks for the script as the build has compressed it, where the browser takes that. */
const preferCompressed =
  (folder: string): RequestHandler =>
  (req, res, next) => {
    res.vary('Accept-Encoding');
    const encoding = req.acceptsEncodings('br', 'gzip');
    if (!/^\/(?:chunks\/)?[\w-]+\.js$/.test(req.path)) {
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

/** Serves one built bundle. */
export const serveBundle = (name: string): RequestHandler[] => [
  preferCompressed(bundleFolder(name)),
  express.static(bundleFolder(name), { index: false, redirect: false, etag: true, setHeaders: cacheHeaders }),
];

/** The widget for every merchant's page, and the hosted page's own script. */
export const serveAssets = (app: Express): void => {
  app.use('/widget/v1', assetHeaders, serveBundle('widget'));
  app.use('/hosted', serveBundle('hosted'));
};
