import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Express } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { asHttpError } from '../http/on-error.ts';
import { inTime } from '../in-time.ts';
import { probeReading, probeWriting } from './health.repository.ts';

/** Whoever asks more often gets the last answer: a probe writes to the disk. */
const probeEveryMs = 1000;

/** Whoever asks is answered within this time, whatever the database does. */
const patienceMs = 2000;

/** The probe is small: with less than this it may fit where what people want to save does not. */
const leastSpareBytes = 262_144;

class DatabaseSilent extends Error {}

/** @throws DatabaseSilent */
const answered = <Result>(work: Promise<Result>): Promise<Result> =>
  inTime(work, patienceMs, () => new DatabaseSilent(`The database has not answered for ${patienceMs} ms`));

/** Of PostgreSQL's disk only PostgreSQL knows. */
const hasSpareSpace = async (databaseUrl: string): Promise<boolean> => {
  if (!databaseUrl.startsWith('sqlite:')) {
    return true;
  }
  const { bavail, bsize } = await statfs(dirname(databaseUrl.replace(/^sqlite:/, '')));
  return bavail * bsize >= leastSpareBytes;
};

/**
 * For load balancers: alive (the process answers), ready (the database does too, and the process is not about to end).
 * Where nothing can be saved, for example because the disk is full, it is ready for what it can still do, and says so.
 */
export const serveHealth = (app: Express, { probedDb, clock, config, log, ending }: Dependencies): void => {
  const probe = async (): Promise<{ writes: string }> => {
    try {
      await answered(probeWriting(probedDb));
      return { writes: (await hasSpareSpace(config.databaseUrl)) ? 'ok' : 'storage_full' };
    } catch (error) {
      if (error instanceof DatabaseSilent) {
        return { writes: 'database_busy' };
      }
      const { status, code } = asHttpError(error);
      if (status === 500) {
        log.error({ err: error }, 'the health probe failed');
      }
      return { writes: code };
    }
  };
  let last = { at: -Infinity, found: Promise.resolve({ writes: 'ok' }) };
  let isDown = false;

  app.get('/health/live', (_req, res) => {
    res.set('cache-control', 'no-store').json({ status: 'live' });
  });
  app.get('/health/ready', async (_req, res) => {
    res.set('cache-control', 'no-store');
    if (ending.aborted) {
      res.status(503).json({ status: 'draining' });
      return;
    }
    try {
      await answered(probeReading(probedDb));
      isDown = false;
    } catch (error) {
      // Load balancers ask every few seconds: one line for all of them.
      if (!isDown) {
        log.error({ err: error }, 'the database does not answer');
      }
      isDown = true;
      res.status(503).json({ status: 'database_down' });
      return;
    }
    const now = clock.now();
    if (Math.abs(now - last.at) >= probeEveryMs) {
      last = { at: now, found: probe() };
    }
    res.json({ status: 'ready', ...(await last.found) });
  });
};
