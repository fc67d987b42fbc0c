import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  type: string;
  body: string;
}

/** Answers of a page server by path. */
export type Answers = Record<string, (url: URL) => Answer | Promise<Answer>>;

/** A website of its own origin in this process; answers its port. */
export const servePages = (answers: Answers, port = 0): Promise<{ port: number; close(): void }> =>
  new Promise((resolve, reject) => {
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
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() });
    });
  });
