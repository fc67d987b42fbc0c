import { Agent, get, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const textOf = async (res: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of res as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/** One request on a connection of its own: none that was kept and that the server has closed meanwhile. */
export const read = (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ headers: IncomingHttpHeaders; text: string }> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false, headers }, (res) => {
      textOf(res).then((text) => {
        if (res.statusCode === 200) {
          resolve({ headers: res.headers, text });
        } else {
          reject(new Error(`${url} answered ${res.statusCode}: ${text.slice(0, 300)}`));
        }
      }, reject);
    }).once('error', reject);
  });

export interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

export interface Called {
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** For work in which each request needs what the one before was answered: a light client that keeps its connections. */
export const clientOf = (origin: string) => {
  const agent = new Agent({ keepAlive: true });
  return {
    /** @throws at any answer but 200 and 201 */
    call: ({ method, path, headers, body }: Call): Promise<Called> =>
      new Promise((resolve, reject) => {
        const content = JSON.stringify(body);
        const sent = request(`${origin}${path}`, {
          method,
          agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content), ...headers },
        });
        sent.once('error', reject).once('response', (res) => {
          textOf(res).then((text) => {
            if (res.statusCode === 200 || res.statusCode === 201) {
              resolve({ headers: res.headers, body: JSON.parse(text) as Record<string, unknown> });
            } else {
              reject(new Error(`${path} answered ${res.statusCode}: ${text.slice(0, 300)}`));
            }
          }, reject);
        });
        sent.end(content);
      }),
    close: () => {
      agent.destroy();
    },
  };
};

export type Client = ReturnType<typeof clientOf>;
