import { createServer, request } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { selfSigned } from '../../../server/testing/certificate.ts';
import { portal } from '../command-line.ts';
import { demo } from '../demo.ts';

export interface Merchant {
  id: string;
  key: string;
}

/** A second merchant on the demo's server, and more if need be. */
export const addMerchant = async (name: string, origins: readonly string[]): Promise<Merchant> => {
  const made = await portal(
    ...['organisation', 'create', '--name', name],
    ...origins.flatMap((origin) => ['--origin', origin]),
  );
  const id = String(made['id']);
  const { key } = await portal('key', 'create', '--organisation', id, '--name', 'Backend');
  return { id, key: String(key) };
};

/** Calls the merchant API as the merchant's backend does. */
export const callAs = async (merchant: Merchant, path: string, body: unknown): Promise<Record<string, string>> => {
  const response = await fetch(`${demo().api_url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', organisation: merchant.id, 'x-api-key': merchant.key },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
};

/** Websites on this machine, under whatever name the browser asks for them. Their pages hold what the address says. */
export interface Websites {
  secure: readonly [number, number];
  plain: readonly [number, number];
  /** The methods of the calls to the portal's API that went through here. */
  forwarded: readonly string[];
  close(): void;
}

const answer: RequestListener = ({ url = '/' }, res) => {
  const content = new URL(url, 'http://localhost').searchParams.get('html') ?? '';
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.end(`<!doctype html><title>A website</title><link rel="icon" href="data:,">${content}`);
};

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Serves its pages, and is a proxy in front of the portal's API. */
const website =
  (forwarded: string[]): RequestListener =>
  (req, res) => {
    const { url = '/', method = '', headers } = req;
    if (!url.startsWith('/portal/')) {
      answer(req, res);
      return;
    }
    forwarded.push(method);
    req.pipe(
      request(`${demo().api_url}${url}`, { method, headers }, (answered) => {
        res.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(res);
      }),
    );
  };

export const startWebsites = async (): Promise<Websites> => {
  const forwarded: string[] = [];
  const certificate = selfSigned('shop.test');
  const servers = [
    createTlsServer(certificate, answer),
    createTlsServer(certificate, answer),
    createServer(website(forwarded)),
    createServer(answer),
  ] as const;
  const [first, second, third, fourth] = servers;
  return {
    forwarded,
    secure: [await listen(first), await listen(second)],
    plain: [await listen(third), await listen(fourth)],
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
};

/** The address of a page with this content. */
export const pageWith = (origin: string, html: string): string => `${origin}/?html=${encodeURIComponent(html)}`;

/** Markup that frames an address. */
export const framing = (address: string, attributes = ''): string =>
  `<iframe ${attributes} src="${address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
