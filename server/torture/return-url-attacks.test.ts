import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addFigure } from '../testing/figures.ts';
import { createSession, redeem } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { allowed, evil } from './return-url-attacks-hosts.ts';
import { shapes } from './return-url-attacks-shapes.ts';

const allowedOrigin = `https://${allowed}`;
/** Hundreds of requests, one after the other. */
const patience = { timeout: 60_000 };
const localHosts = ['localhost', '127.0.0.1', '[::1]'];

let server: TestServer;
/** One that lists where a return may lead, and one that takes any place. */
let strict: TestOrganisation;
let open: TestOrganisation;
const customers = new Map<string, string>();
let tried = 0;
let redirected = 0;

beforeAll(async () => {
  server = await startTestServer();
  [strict, open] = [await server.addOrganisation('Strict'), await server.addOrganisation('Open')];
  await server.db.insertInto('return_origin').values({ organisation_id: strict.id, origin: allowedOrigin }).execute();
  for (const { id } of [strict, open]) {
    customers.set(id, await addCustomer(server, id));
  }
});
afterAll(async () => {
  await server.close();
  addFigure('return addresses tried', tried);
  addFigure('return addresses that led elsewhere', redirected);
});

interface Taken {
  status: number;
  field: unknown;
  /** What is kept, and all that is ever used. */
  stored: string | null;
  redirectUrl: string;
}

const create = async (organisation: TestOrganisation, returnUrl: unknown): Promise<Taken> => {
  tried += 1;
  const { status, body } = await createSession(server, organisation, {
    customer_id: customers.get(organisation.id),
    return_url: returnUrl,
  });
  const [detail] = (body['detail'] ?? []) as { loc: string[] }[];
  const row =
    status === 200
      ? await server.db
          .selectFrom('portal_session')
          .select('return_url')
          .where('id', '=', String(body['session_id']))
          .executeTakeFirstOrThrow()
      : undefined;
  return {
    status,
    field: detail?.loc.at(-1),
    stored: row?.return_url ?? null,
    redirectUrl: String(body['redirect_url'] ?? ''),
  };
};

/** Where a browser would go, read by itself and beside the page that has the link. */
const browserGoes = (text: string): URL[] => [new URL(text), new URL(text, 'https://billing.example/session/x')];

const isHarmless = (url: URL): boolean =>
  url.username === '' &&
  url.password === '' &&
  (url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.includes(url.hostname)));

/** What is wrong with how a shape was treated; nothing when it was refused, or leads where it may. */
const judge = (taken: Taken, mayLeadTo: (origin: string) => boolean): string | undefined => {
  if (taken.status === 422) {
    return taken.field === 'return_url' && taken.stored === null ? undefined : 'refused for another reason';
  }
  if (taken.status !== 200 || taken.stored === null) {
    return `answered ${taken.status}`;
  }
  const { stored } = taken;
  if (!browserGoes(stored).every((url) => isHarmless(url) && mayLeadTo(url.origin) && url.href === stored)) {
    redirected += 1;
    return `leads to ${stored}`;
  }
  // Whatever else a shape does, it stays within its parameter of the address that the merchant redirects to.
  const address = new URL(taken.redirectUrl);
  const isContained =
    address.origin === server.origin && address.hash === '' && [...address.searchParams.keys()].join() === 'return_url';
  return isContained ? undefined : `breaks out of ${taken.redirectUrl}`;
};

const findings = async (organisation: TestOrganisation, mayLeadTo: (origin: string) => boolean): Promise<unknown[]> => {
  const found: unknown[] = [];
  let taken = 0;
  for (const shape of shapes) {
    const answer = await create(organisation, shape);
    taken += answer.status === 200 ? 1 : 0;
    const problem = judge(answer, mayLeadTo);
    if (problem !== undefined) {
      found.push({ shape, problem });
    }
  }
  expect(taken).toBeGreaterThan(40);
  return found;
};

describe('a return address', () => {
  it('leads to a listed origin, or is refused', patience, async () => {
    expect(shapes.length).toBeGreaterThan(600);
    expect(await findings(strict, (origin) => origin === allowedOrigin)).toEqual([]);
  });

  it('is at least https without a user name where no origin is listed, or this machine', patience, async () => {
    expect(await findings(open, () => true)).toEqual([]);
  });

  it('is kept in the one writing that browsers give it', async () => {
    for (const [text, stored] of [
      [`https://${allowed}`, `https://${allowed}/`],
      [`HTTPS://SHOP.EXAMPLE:443/a/../b`, `https://${allowed}/b`],
      [`https://shop%2eexample/`, `https://${allowed}/`],
      [`https://shop。example/x`, `https://${allowed}/x`],
      [`https://@${allowed}/`, `https://${allowed}/`],
      [`https://${allowed}/?next=//${evil}#x`, `https://${allowed}/?next=//${evil}#x`],
      [`https://${allowed}/\u00fc"<`, `https://${allowed}/%C3%BC%22%3C`],
    ]) {
      expect(await create(strict, text)).toMatchObject({ status: 200, stored });
    }
  });

  it.each(['http://localhost:4001/x', 'http://127.0.0.1/', 'http://[::1]:8080/', 'https://localhost/'])(
    'may be plain HTTP on the machine itself: %s',
    async (text) => {
      expect(await create(open, text)).toMatchObject({ status: 200, stored: text });
      expect((await create(strict, text)).status).toBe(422);
    },
  );

  it.each([[null], [1], [true], [[`https://${allowed}/`]], [{ href: `https://${allowed}/` }]])(
    'is text: %j',
    async (value) => {
      expect(await create(strict, value)).toMatchObject({ status: 422, field: 'return_url' });
    },
  );

  it('given again in the address that the customer opens, is not believed', async () => {
    const created = await createSession(server, strict, {
      customer_id: customers.get(strict.id),
      return_url: `https://${allowed}/account`,
    });
    const token = String(created.body['session_token']);
    for (const query of [
      `?return_url=https://${evil}`,
      `?return_url=javascript:alert(1)`,
      `?return_url=a&return_url=b`,
      '?return_url',
    ]) {
      const page = await server.request('GET', `/session/${token}${query}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain(evil);
      expect(page.text).not.toContain('javascript:alert');
    }
    const opened = await redeem(server, strict.id, token);
    expect(opened.body['session']).toMatchObject({ return_url: `https://${allowed}/account` });
  });
});
