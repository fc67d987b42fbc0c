import type { Express } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { probeDatabase } from './health.repository.ts';

/** For load balancers: alive (the process answers), ready (the database does too). */
export const serveHealth = (app: Express, { db }: Dependencies): void => {
  app.get('/health/live', (_req, res) => {
    res.json({ status: 'live' });
  });
  app.get('/health/ready', async (_req, res) => {
    await probeDatabase(db);
    res.json({ status: 'ready' });
  });
};
