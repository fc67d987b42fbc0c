import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Settings } from './demo-file.ts';
import { galleryRoutes } from './gallery/routes.ts';
import { pages } from './pages.ts';
import { connectPortal, portalSessionRoute } from './portal-session.ts';
import { renderPage } from './render-page.ts';
import { strictPolicy } from './strict-policy.ts';
import { Visitors } from './visitor.ts';

/** A page of another website may not act for the visitor. */
const sameOriginOnly = (req: Request, res: Response, next: NextFunction): void => {
  const origin = req.get('origin');
  if (origin === undefined || origin === `${req.protocol}://${req.get('host') ?? ''}`) {
    next();
  } else {
    res.status(403).json({ error: 'This request came from another website' });
  }
};

/** Northwind Cloud: the website of a merchant that has put the portal into its account pages. */
export const createDemoSite = (settings: Settings, log: (line: string) => void): Express => {
  const visitors = new Visitors(settings.customers);
  const portal = connectPortal(settings);
  const app = express();
  app.disable('x-powered-by');

  app.use((_req, res, next) => {
    res.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin' });
    next();
  });
  // The portal's own pages show the merchant's logo, and they are another origin.
  app.use('/northwind-logo.svg', (_req, res, next) => {
    res.set('cross-origin-resource-policy', 'cross-origin');
    next();
  });
  app.use(express.static(fileURLToPath(new URL('public', import.meta.url)), { index: false }));
  app.use(
    '/frameworks',
    express.static(fileURLToPath(new URL('../dist/frameworks', import.meta.url)), { index: false }),
  );
  app.use(galleryRoutes());

  app.get('/', (_req, res) => {
    res.redirect(303, '/account');
  });

  for (const page of pages) {
    app.get(page.path, async (req, res) => {
      const customer = visitors.read(req.headers.cookie);
      const session =
        page.needsSession === true
          ? await portal.createSession({ customer_id: customer.id, return_url: `${settings.siteUrl}${page.path}` })
          : undefined;
      if (page.isStrict === true) {
        res.set('content-security-policy', strictPolicy(settings.apiUrl));
      }
      res
        .set('cache-control', 'no-store')
        .type('html')
        .send(await renderPage(page, settings, customer, session));
    });
  }

  app.post('/log-in', sameOriginOnly, express.urlencoded({ extended: false }), (req, res) => {
    const { customer_id: customerId, page } = (req.body ?? {}) as Record<string, unknown>;
    const cookie = visitors.logIn(customerId);
    if (cookie === undefined) {
      res.status(404).type('text').send('There is no such customer');
      return;
    }
    const target = pages.find(({ path }) => path === page)?.path ?? '/account';
    res.set('set-cookie', cookie).redirect(303, target);
  });

  app.post('/portal-session', portalSessionRoute(portal, visitors, settings));

  app.get('/portal-redirect', async (req, res) => {
    const customer = visitors.read(req.headers.cookie);
    const { redirect_url } = await portal.createSession({
      customer_id: customer.id,
      return_url: `${settings.siteUrl}/redirect`,
    });
    res.set('cache-control', 'no-store').redirect(303, redirect_url);
  });

  app.use((_req, res) => {
    res.status(404).type('text').send('There is no such page');
  });
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    log(error instanceof Error ? error.message : String(error));
    res.status(502).type('text').send('Billing is not available at the moment. Please try again in a minute.');
  });
  return app;
};
