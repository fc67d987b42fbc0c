import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { seedDemo } from '../demo/demo.service.ts';
import type { SeededDemo } from '../demo/demo.service.ts';
import { startServer } from '../server.ts';

interface Context {
  req: IncomingMessage;
  path: string;
  url: string;
  host: string;
  status: number;
  body: unknown;
  set(name: string, value: string | string[]): void;
}

interface Portal {
  origin: string;
  demo: SeededDemo;
}

const startPortal = async (publicUrl: string): Promise<Portal> => {
  const folder = mkdtempSync(join(tmpdir(), 'console-test-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'portal.sqlite')}`,
    PUBLIC_URL: publicUrl,
    PORT: '0',
    SIGNING_SECRETS: `test:${randomBytes(32).toString('base64url')}`,
    LOG_LEVEL: 'error',
  });
  const { port, dependencies } = await startServer(config);
  const demo = await seedDemo(dependencies.db, systemClock, publicUrl);
  return { origin: `http://127.0.0.1:${port}`, demo };
};

const readBody = async (req: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

const forwarded = ['cookie', 'origin', 'content-type', 'accept', 'if-match'];

/**
 * For browser tests: answers the console API of the test page's own origin with a real server, started on the demo's
 * data when first asked. `GET /console-test/demo` says whom to log in and which customers there are.
 */
export const consoleMiddleware = () => {
  let starting: Promise<Portal> | undefined;
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const isDemo = ctx.path === '/console-test/demo';
    if (!isDemo && !ctx.path.startsWith('/console/api/')) {
      await next();
      return;
    }
    const portal = await (starting ??= startPortal(`http://${ctx.host}`));
    if (isDemo) {
      ctx.body = { staff: portal.demo.staff, customers: portal.demo.customers };
      return;
    }
    const { req } = ctx;
    const headers = forwarded.flatMap((name) => {
      const value = req.headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const body = await readBody(req);
    const answer = await fetch(`${portal.origin}${ctx.url}`, {
      method: req.method ?? 'GET',
      headers,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    ctx.status = answer.status;
    for (const name of ['content-type', 'etag', 'x-request-id', 'retry-after']) {
      const value = answer.headers.get(name);
      if (value !== null) {
        ctx.set(name, value);
      }
    }
    ctx.set('set-cookie', answer.headers.getSetCookie());
    ctx.body = Buffer.from(await answer.arrayBuffer());
  };
};
