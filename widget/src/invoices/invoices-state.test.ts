import { expect } from '@open-wc/testing';
import { initialInvoicesState, invoicesQuery } from './invoices-state.ts';

describe('invoicesQuery', () => {
  it('asks for the newest first when nothing narrows the list', () => {
    expect(invoicesQuery(initialInvoicesState)).to.deep.equal({ order: '-created_at', limit: 25 });
  });

  it('carries search, statuses, days, order, size and place', () => {
    const query = invoicesQuery({
      filter: { search: 'INV', chosen: { status: ['paid', 'void'] }, from: '2026-11-01', to: '2026-11-30' },
      sort: { key: 'due_date', isDescending: false },
      size: 50,
      page: 2,
      cursor: 'abc',
      open: null,
    });
    expect(query).to.deep.equal({
      search: 'INV',
      status__in: ['paid', 'void'],
      due_date__gte: '2026-11-01',
      due_date__lte: '2026-11-30',
      order: 'due_date',
      limit: 50,
      cursor: 'abc',
    });
  });

  it('asks for overdue invoices by their own parameter', () => {
    const filter = { ...initialInvoicesState.filter, chosen: { status: ['overdue'] } };
    expect(invoicesQuery({ ...initialInvoicesState, filter })).to.deep.equal({
      is_overdue: true,
      order: '-created_at',
      limit: 25,
    });
  });
});
