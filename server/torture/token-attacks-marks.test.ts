import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyWebhook, WebhookVerificationError } from '../client/verify-webhook.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addFigure } from '../testing/figures.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { newWebhookSecret, signedHeaders } from '../webhooks/signature.ts';
import { alterations } from './token-attacks-credential.ts';
import type { Altered } from './token-attacks-credential.ts';
import { sameBytes } from './token-attacks-forge.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;
let portal: PortalClient;
let tried = 0;
let accepted = 0;

const openWithInvoices = async (owner: TestOrganisation, customer: string): Promise<PortalClient> => {
  for (const day of ['01', '02', '03']) {
    await addInvoice(
      server,
      { organisationId: owner.id, customerId: customer },
      { created_at: `2026-11-${day}T00:00:00.000Z` },
    );
  }
  return openPortal(server, owner, customer);
};

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id);
  portal = await openWithInvoices(organisation, customerId);
});
afterAll(async () => {
  await server.close();
  addFigure('attacks on cursors and webhook signatures tried', tried);
  addFigure('attacks on cursors and webhook signatures accepted', accepted);
});

const cursorOf = async (client: Pick<PortalClient, 'get'>, path: string): Promise<string> =>
  String((await client.get(path)).body['next']);

describe('a cursor', () => {
  const list = '/invoices?limit=1';

  it('is taken in one writing only, for its own list, order and customer', async () => {
    const cursor = await cursorOf(portal, list);
    const [payload = '', mac = ''] = cursor.split('.');
    const neighbour = await openWithInvoices(organisation, await addCustomer(server, organisation.id));
    const other = await server.addOrganisation('Theirs');
    const stranger = await openWithInvoices(other, await addCustomer(server, other.id));
    const position = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const foreign: Altered[] = [
      ["a neighbour's", await cursorOf(neighbour, list)],
      ["a stranger's", await cursorOf(stranger, list)],
      [
        "the merchant's",
        await cursorOf(merchantClient(server, organisation), `/invoices?customer_id=${customerId}&limit=1`),
      ],
      ['of another order', await cursorOf(portal, `${list}&order=created_at`)],
      ['of another column', await cursorOf(portal, `${list}&order=-invoice_number`)],
      ['signed by nobody', payload],
      ['with an empty signature', `${payload}.`],
      ['with a signature of zeros', `${payload}.${Buffer.alloc(32).toString('base64url')}`],
      ['signed with an empty key', `${payload}.${createHmac('sha256', '').update(payload).digest('base64url')}`],
      ['backwards', `${encode(['previous', ...position.slice(1)])}.${mac}`],
      ['elsewhere', `${encode([position[0], '9999', position[2]])}.${mac}`],
      ['not a position', `${encode({})}.${mac}`],
      ['null', `${encode(null)}.${mac}`],
      ['SQL', `${encode(['next', "' or 1=1 --", 'x'])}.${mac}`],
      ['no JSON', `${Buffer.from('{').toString('base64url')}.${mac}`],
      ['three parts', `${cursor}.${mac}`],
      ['parts swapped', `${mac}.${payload}`],
      ['a dot', '.'],
      ['a number', '1'],
      ...sameBytes(payload).map((text): Altered => ['spare bits of the position', `${text}.${mac}`]),
      ['with a NUL', `${cursor}\0`],
      ['with a space', `${cursor} `],
      ['with another character set', `${cursor}é`],
    ];
    const attacks = [...alterations(cursor).filter(([, text]) => text !== ''), ...foreign];
    expect(attacks.length).toBeGreaterThan(200);
    const found: unknown[] = [];
    for (const [name, text] of attacks) {
      tried += 1;
      const { status, body } = await portal.get(`${list}&cursor=${encodeURIComponent(text)}`);
      accepted += status === 200 ? 1 : 0;
      if (status !== 422 || body['code'] !== 'cursor_invalid') {
        found.push([name, text, status, body['code']]);
      }
    }
    expect(found).toEqual([]);
    expect((await portal.get(`${list}&cursor=${cursor}`)).status).toBe(200);
  });
});

describe('a webhook', () => {
  const id = 'msg_0199f8b9';
  const body = JSON.stringify({ type: 'invoice.created', timestamp: '2026-11-23T12:00:00.000Z', data: { id: 'x' } });
  const secret = newWebhookSecret();
  const signed = (
    changes: { id?: string; at?: Date; body?: string; secrets?: string[] } = {},
  ): Record<string, string> =>
    signedHeaders(changes.secrets ?? [secret], {
      id: changes.id ?? id,
      at: changes.at ?? new Date(),
      body: changes.body ?? body,
    });
  const isTaken = (
    headers: Record<string, string | string[] | undefined>,
    text: string | Uint8Array = body,
    key = secret,
  ): boolean => {
    tried += 1;
    try {
      verifyWebhook(key, text, headers);
      accepted += 1;
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(WebhookVerificationError);
      return false;
    }
  };

  it('is taken with one good signature among several, in any kind of headers', () => {
    const { 'webhook-signature': signature = '', ...rest } = signed();
    const old = signed({ secrets: [newWebhookSecret()] })['webhook-signature'] ?? '';
    const good: [Record<string, string | string[]>, (string | Uint8Array)?][] = [
      [signed()],
      [signed(), Buffer.from(body)],
      [signed({ secrets: [newWebhookSecret(), secret] })],
      [{ ...rest, 'webhook-signature': `${old} ${signature}` }],
      [{ ...rest, 'webhook-signature': `v1a,AAAA v2,BBBB ${signature}` }],
      [{ ...rest, 'webhook-signature': [signature] }],
      [Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]))],
      [signed({ at: new Date(Date.now() - 280_000) })],
      [signed({ at: new Date(Date.now() + 280_000) })],
    ];
    expect(good.map(([headers, text]) => isTaken(headers, text))).toEqual(good.map(() => true));
    tried -= good.length;
    accepted -= good.length;
  });

  it('is refused with another signature, time, id or body', () => {
    const headers = signed();
    const signature = headers['webhook-signature'] ?? '';
    const mac = signature.slice('v1,'.length);
    const seconds = headers['webhook-timestamp'] ?? '';
    const otherSignatures = [
      '',
      ' ',
      'v1',
      'v1,',
      ',',
      mac,
      `v1a,${mac}`,
      `v2,${mac}`,
      `v0,${mac}`,
      `V1,${mac}`,
      `v1 ,${mac}`,
      `v1, ${mac}`,
      `v1;${mac}`,
      `v1=${mac}`,
      `v1.${mac}`,
      `"v1,${mac}"`,
      `v1,"${mac}"`,
      `v1,${mac}x`,
      `v1,x${mac}`,
      `v1,${mac.slice(0, -1)}`,
      `v1,${mac.replace('=', '')}`,
      `v1,${Buffer.from(mac, 'base64').toString('hex')}`,
      `v1,${mac.toLowerCase()}`,
      `v1,${mac.toUpperCase()}`,
      `v1,${Buffer.from(mac).toString('base64')}`,
      `v1,${Buffer.alloc(32).toString('base64')}`,
      `v1,\t${mac}`,
      `v1,${mac}\n`,
      `v1\u00a0,${mac}`,
      'v1,undefined',
      'v1,null',
      'undefined',
      `v1,${mac.slice(0, 20)}`,
      ...sameBytes(mac.replace('=', '')).map((text) => `v1,${text}=`),
      ...[...mac].map((letter, at) => `v1,${mac.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${mac.slice(at + 1)}`),
    ];
    const otherTimes = [
      '',
      '0',
      '-1',
      'now',
      'NaN',
      'Infinity',
      `${seconds}.0`,
      `${seconds}x`,
      `${seconds} `,
      ` ${seconds}`,
      `+${seconds}`,
      `0${seconds}`,
      `${Number(seconds)}e0`,
      `0x${Number(seconds).toString(16)}`,
      `${seconds}000`,
      `${Number(seconds) + 1}`,
      `${Number(seconds) - 1}`,
      new Date().toISOString(),
      `${seconds},${seconds}`,
    ];
    const otherBodies = [
      `${body} `,
      ` ${body}`,
      `${body}\n`,
      `\ufeff${body}`,
      body.replace('x', 'y'),
      body.replace(':', ': '),
      body.slice(0, -1),
      '',
      '{}',
      'null',
      `${body}\0`,
      Buffer.from(body, 'utf16le'),
      Buffer.from(`${body}\xff`, 'latin1'),
    ];
    const attempts: boolean[] = [
      ...otherSignatures.map((text) => isTaken({ ...headers, 'webhook-signature': text })),
      ...otherTimes.map((text) => isTaken({ ...headers, 'webhook-timestamp': text })),
      ...otherBodies.map((text) => isTaken(headers, text)),
      ...['', 'x', `${id} `, ` ${id}`, id.toUpperCase(), `${id}.${seconds}`, `x.${id}`].map((text) =>
        isTaken({ ...headers, 'webhook-id': text }),
      ),
      ...Object.keys(headers).map((name) => isTaken({ ...headers, [name]: undefined })),
      ...Object.keys(headers).map((name) => isTaken({ ...headers, [name]: [] })),
      ...[-3600, -301, -330, 331, 3600, 86_400 * 365].map((offsetS) =>
        isTaken(signed({ at: new Date(Date.now() + offsetS * 1000) })),
      ),
      isTaken(signed({ secrets: [newWebhookSecret()] })),
      isTaken(headers, body, newWebhookSecret()),
      isTaken({}),
    ];
    expect(attempts.length).toBeGreaterThan(120);
    expect(attempts.filter(Boolean)).toEqual([]);
  });
});
