import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationKey } from '#contract/api.ts';
import { addFigure } from '../testing/figures.ts';
import { isWrite, send } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { newCustomer, newInvoice, newPayment, worldOf } from '../testing/operation-calls/world.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

/** They hand out a new access token of the session that is there, and change nothing else. */
const changingNothing: readonly OperationKey[] = [
  'POST /portal/:organisation_id/session/renew',
  'POST /session/resume',
];

const writes = operationKeys.filter((key) => isWrite(key) && !changingNothing.includes(key));

let server: TestServer;
let organisation: TestOrganisation;
let changed = 0;
let unchanged = 0;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(async () => {
  addFigure('answers that a change has changed, none of them taken for unchanged', changed);
  addFigure('answers that were unchanged, and not sent again', unchanged);
  await server.close();
});

describe('what a customer has read is not taken for unchanged', () => {
  it.each(writes)('after %s', async (key) => {
    const world = await worldOf(server, organisation);
    const { customer, portal } = world;
    const invoiceId = await newInvoice(world);
    await newPayment(world);
    const call = await operationCalls[key](world);
    if (key.endsWith('/sessions/revoke')) {
      await createSession(server, world.organisation, { customer_id: call.params?.['customer_id'] });
    }
    if (key.endsWith('/replay')) {
      await newCustomer(world);
    }
    const paths = ['/invoices', '/invoices?order=-due_date&limit=3', `/invoices/${invoiceId}`, '/payments', '/summary'];
    const before = await Promise.all(paths.map((path) => portal.get(path)));
    expect(before.map(({ status }) => status)).toEqual(paths.map(() => 200));

    expect((await send(world, key, call)).status).toBe(200);

    const stillOpen = (await portal.get('/summary')).status === 200;
    const { headers } = stillOpen ? portal : await openPortal(server, organisation, await newCustomer(world));
    const root = `/portal/${customer.organisationId}`;
    for (const [index, path] of paths.entries()) {
      const etag = before[index]?.headers.get('etag') ?? '';
      expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
      const again = await server.request('GET', `${root}${path}`, { headers: { ...headers, 'if-none-match': etag } });
      const now = await server.request('GET', `${root}${path}`, { headers });
      expect(now.status).toBe(again.status === 304 ? 200 : again.status);
      if (again.status === 304) {
        expect(now.text).toBe(before[index]?.text);
        unchanged += 1;
      } else {
        expect(again.headers.get('etag')).not.toBe(etag);
        changed += now.status === 200 && now.text !== before[index]?.text ? 1 : 0;
      }
    }
  });
});
