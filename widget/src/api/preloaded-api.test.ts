import { expect } from '@open-wc/testing';
import type { PortalApi } from './portal-api.ts';
import { preloadedApi } from './preloaded-api.ts';

const list = (total: number) => ({ results: [], next: null, previous: null, total_count: total });
const firstPage = { order: '-created_at', limit: 25 } as const;

const serverApi = {
  getSummary: () => Promise.resolve({ currencies: [] }),
  listInvoices: () => Promise.resolve(list(2)),
} as unknown as PortalApi;

describe('preloadedApi', () => {
  it('gives what came with the session once, to the call that asks for just that', async () => {
    const summary = { currencies: [] };
    const api = preloadedApi(serverApi, { summary, invoices: list(1) }, firstPage);
    expect(await api.listInvoices({ ...firstPage, search: 'INV-7' })).to.deep.equal(list(2));
    expect(await api.listInvoices(firstPage)).to.deep.equal(list(1));
    expect(await api.listInvoices(firstPage)).to.deep.equal(list(2));
    expect(await api.getSummary()).to.equal(summary);
    expect(await api.getSummary()).not.to.equal(summary);
  });
});
