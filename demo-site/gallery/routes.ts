import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Router } from 'express';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const fonts = ['noto-sans', 'noto-sans-arabic', 'noto-sans-jp'];

/** The gallery at `/gallery`: its page, its script as `npm run build` leaves it, and fonts that look the same everywhere. */
export function galleryRoutes(): Router {
  const router = express.Router();
  router.get(['/gallery', '/gallery.html'], (_req, res) => res.sendFile(file('../gallery.html')));
  router.get('/gallery/gallery.css', (_req, res) => res.sendFile(file('gallery.css')));
  for (const font of fonts) {
    router.use(`/gallery/fonts/${font}`, express.static(file(`../../node_modules/@fontsource-variable/${font}`)));
  }
  router.use('/gallery', express.static(file('../../dist/gallery'), { index: false }));
  return router;
}
