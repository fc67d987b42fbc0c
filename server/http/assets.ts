import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, Response } from 'express';
import { assetHeaders } from './security-headers.ts';

const hashedName = /-[A-Za-z0-9_-]{8}\.js(\.map)?$/;

/** A chunk's name changes with its content, an entry's does not. */
const cacheHeaders = (res: Response, path: string): void => {
  res.set('cache-control', hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
};

export const bundleFolder = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

/** Serves one built bundle. */
export const serveBundle = (name: string) =>
  express.static(bundleFolder(name), { index: false, redirect: false, etag: true, setHeaders: cacheHeaders });

/** The widget for every merchant's page, and the hosted page's own script. */
export const serveAssets = (app: Express): void => {
  app.use('/widget/v1', assetHeaders, serveBundle('widget'));
  app.use('/hosted', serveBundle('hosted'));
};
