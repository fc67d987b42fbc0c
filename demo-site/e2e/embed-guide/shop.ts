import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import express from 'express';
import { createPortalClient, expressSessionRoute } from 'zenskar-portal/server';
import type { PortalClient } from 'zenskar-portal/server';
import { portal } from '../command-line.ts';
import { databaseUrl, demo } from '../demo.ts';
import { snippet } from './snippets.ts';

const run = promisify(execFile);
const customer = 'crm-7';

/** The merchant of the guide, made and run by what the guide says. */
export interface Shop {
  origin: string;
  /** What stands in the place of the guide's made-up addresses and ids. */
  places: Record<string, string>;
  organisationId: string;
  apiKey: string;
  client: PortalClient;
  /** Puts a page on the website: what is in its body, and what its answer says. */
  page(body: string, headers?: Record<string, string>): string;
  /** Adds a route to the backend, as code in the guide does. */
  addRoute(code: string): void;
  close(): void;
}

/** One line of a shell snippet, run from the project's root on the demo's database. */
const shell = async (line: string, environment: Record<string, string> = {}): Promise<string> => {
  const env = { ...process.env, DATABASE_URL: databaseUrl(), ...environment };
  return (await run('bash', ['-c', line], { env })).stdout;
};

export const runShell = (name: string, shop: Shop): Promise<string> =>
  shell(snippet(name, shop.places), { ORGANISATION: shop.organisationId, KEY: shop.apiKey });

const idIn = (text: string): string => /[\da-f]{8}-[\da-f-]{27}/.exec(text)?.[0] ?? '';

const addRecords = async (organisationId: string): Promise<void> => {
  const { key } = await portal(
    'key',
    'create',
    '--organisation',
    organisationId,
    '--name',
    'Import',
    '--scope',
    'write',
  );
  const write = createPortalClient({ baseUrl: demo().api_url, organisation: organisationId, apiKey: String(key) });
  const { id } = await write.call('POST /customers', {
    body: { customer_name: 'Blue Harbor', external_id: customer, email: 'ap@blueharbor.example' },
  });
  await write.call('POST /invoices', {
    body: { customer_id: id, status: 'approved', currency: 'USD', line_items: [{ name: 'Plan', unit_price: 49 }] },
  });
};

export async function startShop(): Promise<Shop> {
  const app = express();
  const server = app.listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const places: Record<string, string> = {
    'https://billing.example.com': demo().api_url,
    'https://shop.example': origin,
  };

  const [createOrganisation = '', createKey = ''] = snippet('organisation', places).split('\n');
  const organisationId = idIn(await shell(createOrganisation));
  const apiKey = /\bzsk_\w+/.exec(await shell(createKey.replace('ID', organisationId)))?.[0] ?? '';
  await addRecords(organisationId);

  app.use((req, _res, next) => {
    Object.assign(req, { user: { id: customer } });
    next();
  });
  const client = createPortalClient({ baseUrl: demo().api_url, organisation: organisationId, apiKey });
  const given = { app, client, createPortalClient, expressSessionRoute, organisation: organisationId, apiKey };
  const addRoute = (code: string): void => {
    const { client: _own, ...rest } = given;
    const values = code.includes('const client') ? rest : given;
    new Function(...Object.keys(values), code)(...Object.values(values));
  };
  addRoute(snippet('route', places));

  const bodies: { body: string; headers: Record<string, string> }[] = [];
  app.get('/pages/:number', (req, res) => {
    const shown = bodies[Number(req.params['number'])];
    res
      .set(shown?.headers ?? {})
      .type('html')
      .send(`<!doctype html><html lang="en"><title>Shop</title><body>${shown?.body ?? ''}</body></html>`);
  });
  return {
    origin,
    places,
    organisationId,
    apiKey,
    client,
    page: (body, headers = {}) => `${origin}/pages/${bodies.push({ body, headers }) - 1}`,
    addRoute,
    close: () => server.close(),
  };
}
