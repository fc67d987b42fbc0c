import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from '@playwright/test';
import { createSession, customerBy, dataFolder, demo, test } from './demo.ts';
import { readIssued } from './secrets/issued.ts';

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

const send = async (path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<[number, string]> => {
  const response = await fetch(`${demo().api_url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return [response.status, await response.text()];
};

const merchant = (more: Record<string, string> = {}): Record<string, string> => {
  const { organisation_id: organisation, api_key: key } = demo();
  return { organisation, 'x-api-key': key, ...more };
};

const fieldOf = (json: string, field: string): string => String((JSON.parse(json) as Record<string, unknown>)[field]);

test('secrets are issued of every kind, again for the same request, and replaced', async () => {
  const first = merchant({ 'idempotency-key': 'astray-endpoint' });
  const body = { url: 'https://hooks.example.com/billing' };
  const [status, endpoint] = await send('/webhook_endpoints', { method: 'POST', headers: first, body });
  expect(status).toBe(200);
  expect(await send('/webhook_endpoints', { method: 'POST', headers: first, body })).toEqual([200, endpoint]);
  const path = `/webhook_endpoints/${fieldOf(endpoint, 'id')}`;
  const rotate = { method: 'POST', headers: merchant({ 'idempotency-key': 'astray-rotation' }), body: {} };
  const rotated = await send(`${path}/rotate_secret`, rotate);
  expect(await send(`${path}/rotate_secret`, rotate)).toEqual(rotated);

  const session = {
    method: 'POST',
    headers: merchant({ 'idempotency-key': 'astray-session' }),
    body: { customer_id: customerBy('Fernhill').id, return_url: `${demo().demo_url}/account` },
  };
  const created = await send('/customer/session', session);
  expect(await send('/customer/session', session)).toEqual(created);
  expect((await send(path, { method: 'DELETE', headers: merchant() }))[0]).toBe(200);
  const kinds = new Set(readIssued(dataFolder).map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['API key', 'session token', 'webhook secret']));
});

test('secrets are sent where they do not belong, and refused', async () => {
  const { api_url: apiUrl, demo_url: origin, organisation_id: organisation, api_key: key, staff } = demo();
  const { session_token: token } = await createSession(customerBy('Fernhill').id);
  const redeem = `/portal/${organisation}/session/redeem`;
  const [opened, answer] = await send(redeem, {
    method: 'POST',
    headers: { origin },
    body: { session_token: token, redeem_nonce: 'a-nonce-that-goes-astray' },
  });
  expect(opened).toBe(200);
  const access = fieldOf(answer, 'access_token');
  const bearer = { origin, authorization: `Bearer ${access}` };
  const refused = [
    await send(`/portal/${organisation}/invoices?access_token=${access}`, { headers: bearer }),
    await send(`/portal/${organisation}/invoices?search=${token}&cursor=${access}`, { headers: bearer }),
    await send(`/portal/${organisation}/invoices/${access}`, { headers: bearer }),
    await send(`/customers?api_key=${key}&search=${key}`, { headers: merchant() }),
    await send(`/customers/${key}`, { headers: merchant() }),
    await send('/customers', { headers: merchant({ organisation: key }) }),
    await send('/customers', { headers: merchant({ authorization: `Bearer ${key}`, 'x-api-key': access }) }),
    await send('/customers', { method: 'POST', headers: merchant(), body: `{"customer_name": "${key} ${token}` }),
    await send('/customers', { method: 'POST', headers: merchant(), body: { [key]: token, customer_name: [access] } }),
    await send('/customers', { method: 'POST', headers: merchant({ 'content-type': 'text/plain' }), body: token }),
    await send('/customers', {
      method: 'POST',
      headers: merchant({ 'idempotency-key': `${token} ${access}` }),
      body: { customer_name: 'x' },
    }),
    await send(redeem, { method: 'POST', headers: { origin }, body: { session_token: access, redeem_nonce: token } }),
    await send(redeem, { method: 'POST', headers: { origin: key }, body: { session_token: token, redeem_nonce: key } }),
    await send('/console/api/login', {
      method: 'POST',
      headers: { origin: apiUrl },
      body: { email: staff.email, password: 'a wrong password, and yet a secret' },
    }),
    await send('/console/api/login', {
      method: 'POST',
      headers: { origin: apiUrl },
      body: { email: key, password: token },
    }),
    await send('/console/api/login', {
      method: 'POST',
      headers: { origin: apiUrl },
      body: { email: staff.password, password: key },
    }),
    await send(`/session/${access}`),
    await send(`/nothing/${key}/${token}?${access}`),
    await send(`/%${token}`),
  ];
  expect(refused.map(([status]) => status).filter((status) => status < 400 || status >= 500)).toEqual([]);

  const socket = connect(Number(new URL(apiUrl).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET /session/${token} HTTP/1.1\r\nHost: x\r\nx-api-key: ${key}\r\nBroken ${access}\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
});
