import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, RequestHandler, Response } from 'express';
import { notFound } from './errors.ts';
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
    if (!/^\/(?:[\w-]+\/)?[\w-]+\.js$/.test(req.path)) {
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
export const serveBundle = (name: string): RequestHandler[] => {
  const folder = bundleFolder(name);
  return [
    preferCompressed(folder),
    express.static(folder, { index: false, redirect: false, etag: true, setHeaders: cacheHeaders(folder) }),
  ];
};

/** The widget in one file at an address of its own, and its hash for the `integrity` of a script element. */
export interface PinnedScript {
  path: string;
  integrity: string;
}

/** Null where nothing has been built. */
export const readPinnedScript = async (): Promise<PinnedScript | null> => {
  const file = join(bundleFolder('pinned'), 'integrity.json');
  if (!existsSync(file)) {
    return null;
  }
  const { script, integrity } = JSON.parse(await readFile(file, 'utf8')) as { script: string; integrity: string };
  return { path: `/widget/${script}`, integrity };
};

/** The widget for every merchant's page, and the hosted page's own script. */
export const serveAssets = (app: Express): void => {
  app.use('/widget/v1', assetHeaders, serveBundle('widget'));
  app.get('/widget/integrity.json', assetHeaders, async (_req, res) => {
    const pinned = await readPinnedScript();
    if (pinned === null) {
      throw notFound();
    }
    res.set('cache-control', 'no-cache').json(pinned);
  });
  app.use('/widget', assetHeaders, serveBundle('pinned'));
  app.use('/hosted', serveBundle('hosted'));
};
