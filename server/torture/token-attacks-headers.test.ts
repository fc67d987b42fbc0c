import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addFigure } from '../testing/figures.ts';
import { openPortal } from '../testing/portal-session.ts';
import { rawRequest } from '../testing/raw-request.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let tried = 0;
let accepted = 0;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(async () => {
  await server.close();
  addFigure('attacks on versions and idempotency keys tried', tried);
  addFigure('attacks on versions and idempotency keys accepted', accepted);
});

describe('If-Match', () => {
  it('names the version in the one writing that we give it, or a weak one', async () => {
    const portal = await openPortal(server, organisation, await addCustomer(server, organisation.id));
    const version = async (): Promise<string | null> => (await portal.get('/profile')).headers.get('etag');
    expect(await version()).toBe('"1"');
    const patch = (lines: readonly string[]) => {
      const content = JSON.stringify({ email: 'attack@shop.example' });
      return rawRequest(
        server.address,
        `PATCH /portal/${organisation.id}/profile`,
        [
          `Origin: ${merchantOrigin}`,
          `Authorization: Bearer ${portal.accessToken}`,
          'Content-Type: application/json',
          `Content-Length: ${content.length}`,
          ...lines,
        ],
        content,
      );
    };
    const wrong = [
      '1',
      "'1'",
      '"1',
      '1"',
      '""',
      '"',
      '"01"',
      '"001"',
      '"+1"',
      '"-1"',
      '"1.0"',
      '"1e0"',
      '"0x1"',
      '" 1"',
      '"1 "',
      '"1"x',
      'x"1"',
      '"1""1"',
      '"1", "1"',
      '"2"',
      '"0"',
      'w/"1"',
      'W/1',
      'W/ "1"',
      'W/W/"1"',
      '"1\\"',
      '"%31"',
      '\u00b9',
      Buffer.from('"١"').toString('latin1'),
      Buffer.from('"１"').toString('latin1'),
      Buffer.from('“1”').toString('latin1'),
      '"9007199254740993"',
      `"${'9'.repeat(400)}"`,
      '"null"',
      'null',
      'undefined',
      '"*"',
      '"__proto__"',
    ];
    const found: unknown[] = [];
    for (const text of wrong) {
      tried += 1;
      const { status, body } = await patch([`If-Match: ${text}`]);
      accepted += status === 200 ? 1 : 0;
      if (status !== 412 || body['code'] !== 'precondition_failed') {
        found.push([text, status, body['code']]);
      }
    }
    expect(found).toEqual([]);
    for (const lines of [[], ['If-Match:'], ['If-Match: *'], ['If-Match:  * ']]) {
      expect(await patch(lines)).toMatchObject({ status: 428, body: { code: 'precondition_required' } });
    }
    expect((await patch(['If-Match: "1"', 'If-Match: "1"'])).status).toBe(412);
    expect(await version()).toBe('"1"');
    expect((await patch(['If-Match: "1"'])).status).toBe(200);
    expect((await patch(['If-Match: W/"2"'])).status).toBe(200);
  });
});

describe('an Idempotency-Key', () => {
  const create = (lines: readonly string[], { id, apiKey }: TestOrganisation = organisation) => {
    const content = JSON.stringify({ name: 'Storage' });
    return rawRequest(
      server.address,
      'POST /products',
      [
        `organisation: ${id}`,
        `X-API-KEY: ${apiKey}`,
        'Content-Type: application/json',
        `Content-Length: ${content.length}`,
        ...lines,
      ],
      content,
    );
  };

  it('is printable ASCII without spaces, given once', async () => {
    const wrong = [
      '',
      ' ',
      '\t',
      'a b',
      'a\tb',
      'a\u00a0b',
      '\u0080',
      '\u00ff',
      'é',
      Buffer.from('ключ').toString('latin1'),
      Buffer.from('🙂').toString('latin1'),
      'x'.repeat(256),
      'x'.repeat(8000),
    ];
    const attempts = [
      ...wrong.map((text) => [`Idempotency-Key: ${text}`]),
      ['Idempotency-Key: a', 'Idempotency-Key: a'],
      ['Idempotency-Key: a', 'Idempotency-Key: b'],
    ];
    const found: unknown[] = [];
    for (const lines of attempts) {
      tried += 1;
      const { status, body } = await create(lines);
      accepted += status === 200 ? 1 : 0;
      if (status !== 422 || body['code'] !== 'request_invalid') {
        found.push([lines, status, body['code']]);
      }
    }
    expect(found).toEqual([]);
  });

  it('is compared as it stands, and is one of its own organisation', async () => {
    const keys = [
      'k',
      'K',
      '__proto__',
      'constructor',
      'toString',
      '%6b',
      'k%00',
      "'or'1'='1",
      '%',
      '_',
      '*',
      '../k',
      '{}',
      '[]',
      'null',
      '"k"',
      "'k'",
      'k,k',
      'k;k',
      'k=',
      'k==',
      '<k>',
      'x'.repeat(255),
    ];
    const other = await server.addOrganisation('Theirs');
    const ids = new Set<unknown>();
    for (const key of keys) {
      tried += 1;
      const lines = [`Idempotency-Key: ${key}`];
      const [first, again, theirs] = [await create(lines), await create(lines), await create(lines, other)];
      expect([first.status, again.body['id'], theirs.status]).toEqual([200, first.body['id'], 200]);
      ids.add(first.body['id']).add(theirs.body['id']);
    }
    expect(ids.size).toBe(keys.length * 2);
  });
});
