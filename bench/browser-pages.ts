import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { merchantOrigin } from './datasets/dataset.ts';
import type { Dataset } from './datasets/dataset.ts';
import { createSession } from './portal.ts';
import type { Server } from './processes.ts';
import type { Stage } from './stage.ts';

interface Answer {
  type: string;
  body: string;
}

/** Answers of a page server by path. */
export type Answers = Record<string, (url: URL) => Answer | Promise<Answer>>;

/** A website of its own origin in this process, until the row ends; answers its address. */
export const servePages = async (stage: Stage, answers: Answers, port = 0): Promise<string> => {
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://localhost');
    const answer = answers[url.pathname];
    if (answer === undefined) {
      res.writeHead(404).end();
      return;
    }
    Promise.resolve(answer(url)).then(
      ({ type, body }) => res.writeHead(200, { 'content-type': type }).end(body),
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await once(server.listen(port, 'localhost'), 'listening');
  stage.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
};

/** A merchant's page with the portal in it; each visit gets a session of its own. */
export const merchantPage = (stage: Stage, portal: Server, dataset: Dataset, customerId: string): Promise<string> =>
  servePages(
    stage,
    {
      '/': async () => ({
        type: 'text/html',
        body: `<!doctype html><title>Merchant</title>
<script type="module" src="${portal.origin}/widget/v1/zenskar-portal.js"></script>
<zenskar-portal locale="en" session-token="${await createSession(portal, dataset, customerId)}"></zenskar-portal>`,
      }),
    },
    Number(new URL(merchantOrigin).port),
  );

/** A page's script in one file, made small. */
export const bundle = async (script: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    conditions: ['production'],
  });
  return outputFiles[0]?.text ?? '';
};
