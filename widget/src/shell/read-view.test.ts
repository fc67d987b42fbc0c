import { expect } from '@open-wc/testing';
import { readView } from './read-view.ts';
import { initialView } from './view-state.ts';

describe('readView', () => {
  it('reads back what a view says', () => {
    const view = {
      section: 'payments',
      invoices: { ...initialView.invoices, size: 50, page: 2, cursor: 'abc', open: 'i1' },
      payments: {
        ...initialView.payments,
        filter: { search: 'R-1', chosen: { status: ['failed'] }, from: '2026-01-01', to: '' },
        sort: { key: 'amount', isDescending: false },
      },
      entitlements: { isExpiredOpen: true },
    };
    expect(readView(JSON.parse(JSON.stringify(view)))).to.deep.equal(view);
  });

  for (const [what, value] of [
    ['nothing', undefined],
    ['text', '#invoices'],
    ['another shape', { section: 'admin', invoices: [], payments: 7, entitlements: null }],
    ['days that no calendar has', { payments: { filter: { from: '2026-13-99', to: 'tomorrow' } } }],
    [
      'wrong types',
      { invoices: { filter: { chosen: 3, search: {} }, sort: null, size: 1e9, page: -1, cursor: {}, open: 1 } },
    ],
  ] as const) {
    it(`is as at the start for ${what}`, () => {
      expect(readView(value)).to.deep.equal(initialView);
    });
  }

  it('goes to no later page without its cursor', () => {
    expect(readView({ invoices: { page: 4 } }).invoices.page).to.equal(0);
  });
});
