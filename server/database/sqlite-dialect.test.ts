import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const byExternalId = (externalId: string) =>
  server.db
    .selectFrom('customer')
    .select(['external_id', 'version'])
    .where('organisation_id', '=', organisation.id)
    .where('external_id', 'in', [externalId]);

describe('parameters', () => {
  it('hide their values from the planner', () => {
    expect(byExternalId('x').compile().sql).not.toMatch(/[^+]\?/);
  });

  it('keep their types', async () => {
    await addCustomer(server, organisation.id, { external_id: '007', version: 3 });
    expect(await byExternalId('007').execute()).toEqual([{ external_id: '007', version: 3 }]);
    expect(await byExternalId('7').execute()).toEqual([]);
    expect(await byExternalId('007').where('version', '>', 2).limit(1).execute()).toHaveLength(1);
  });
});
