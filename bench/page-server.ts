import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers of a page server by path. */
export type Answers = Record<string, () => { type: string; body: string } | Promise<{ type: string; body: string }>>;

/** A website of its own origin in this process; answers its port. */
export const servePages = (answers: Answers, port = 0): Promise<{ port: number; close(): void }> =>
  new Promise((resolve, reject) => {
    const server = createServer((req, res) => {
      const answer = answers[req.url ?? ''];
      if (answer === undefined) {
        res.writeHead(404).end();
        return;
      }
      Promise.resolve(answer()).then(
        ({ type, body }) => res.writeHead(200, { 'content-type': type }).end(body),
        (error: unknown) => res.writeHead(500).end(String(error)),
      );
    });
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() });
    });
  });
