import type { AddressInfo } from 'node:net';
import express from 'express';
import { galleryRoutes } from './routes.ts';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => res.redirect(303, '/gallery'));
app.use(galleryRoutes());

const server = app.listen(Number(process.env['GALLERY_PORT'] ?? 4600), '127.0.0.1', (error) => {
  if (error) throw error;
  process.stdout.write(`Gallery on http://localhost:${(server.address() as AddressInfo).port}/gallery\n`);
});
const close = (): void => {
  server.close();
  server.closeAllConnections();
};
process.once('SIGINT', close);
process.once('SIGTERM', close);
