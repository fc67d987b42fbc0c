import type { PortalInvoiceList, PortalInvoicesQuery } from '#contract/invoices.ts';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { failure } from '../testing/failure.ts';
import { invoice, invoiceDetail, invoiceList, invoices } from '../testing/invoice-fixtures.ts';
import { find, findAll, nextEvent, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import type { FilterValue } from '../ui/filter-bar/filter-change-event.ts';
import { FilterChangeEvent, noFilter } from '../ui/filter-bar/filter-change-event.ts';
import '../ui/list-view/define-tools.ts';
import '../ui/skeleton/define.ts';
import './define.ts';
import type { ZkInvoicesPage } from './invoices-page.ts';
import { initialInvoicesState } from './invoices-state.ts';

const pager = (page: Element): Element => find(page, 'zk-pager');

type Answer = () => Promise<PortalInvoiceList>;
type Call = { query: Partial<PortalInvoicesQuery>; signal: AbortSignal | undefined };

const many = invoiceList(invoices, { total_count: 312, next: 'second', previous: null });
const answerMany: Answer = () => Promise.resolve(many);
const answerNothing: Answer = () => Promise.resolve(invoiceList([]));
const never = new Promise<never>(() => undefined);

async function invoicesPage(
  answer: Answer,
  { state = initialInvoicesState, width = 1000, theme = 'light', dense = false } = {},
): Promise<{ page: ZkInvoicesPage; host: HTMLElement; calls: Call[]; answerBy: (next: Answer) => void }> {
  const calls: Call[] = [];
  let current = answer;
  const api = {
    listInvoices: (query: Partial<PortalInvoicesQuery>, signal?: AbortSignal) => {
      calls.push({ query, signal });
      return current();
    },
    getInvoice: () => Promise.resolve(invoiceDetail()),
  };
  const { root, host } = await stage(
    html`<zk-invoices-page .ctx=${viewContext({ dense })} .api=${api} .state=${state}></zk-invoices-page>`,
    { width, theme },
  );
  const page = find<ZkInvoicesPage>(root, 'zk-invoices-page');
  await settle(page);
  return { page, host, calls, answerBy: (next) => (current = next) };
}

async function settle(page: ZkInvoicesPage): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await page.updateComplete;
}

const texts = (page: Element, selector: string): string[] =>
  findAll(page, selector).map(({ innerText }) => innerText.replace(/\s+/g, ' ').trim());

const filterBy = async (page: ZkInvoicesPage, value: FilterValue): Promise<void> => {
  find(page, 'zk-filter-bar').dispatchEvent(new FilterChangeEvent(value));
  await settle(page);
};

describe('zk-invoices-page', () => {
  it('has the seven columns in their order, then actions', async () => {
    const { page } = await invoicesPage(answerMany, { width: 1200 });
    expect(findAll(page, 'thead th').map((th) => th.textContent?.trim())).to.deep.equal([
      'Invoice ID',
      'Status',
      'Invoice total',
      'Due date',
      'Amount due',
      'Billing period',
      'Generated on',
      'Actions',
    ]);
  });

  it('shows an overdue invoice with its days, its money and its dates', async () => {
    const { page } = await invoicesPage(answerMany, { width: 1200 });
    const [, overdue] = findAll(page, 'tbody tr');
    const cells = [...(overdue?.children ?? [])].map((cell) =>
      (cell as HTMLElement).innerText.replace(/\s+/g, ' ').replace(/ ?– ?/, ' – '),
    );
    expect(cells.map((cell) => cell.trim())).to.deep.equal([
      'INV-2026-0041',
      'Approved Overdue by 12 days',
      'US$1,284.50',
      '11 Nov 2026',
      'US$1,284.50',
      '1 – 31 Oct 2026',
      '1 Oct 2026',
      '',
    ]);
  });

  it('writes yen without and dinars with three decimals, and a dash for what is missing', async () => {
    const { page } = await invoicesPage(answerMany, { width: 1200 });
    const rows = texts(page, 'tbody tr');
    expect(rows[4]).to.match(/JP¥1,250,000 — ?None/);
    expect(rows[5]?.replace(/\u00a0/g, ' ')).to.contain('KWD 1,204.500');
  });

  it('asks for the next page with its mark, keeps the old rows meanwhile, and comes back', async () => {
    const { page, calls, answerBy } = await invoicesPage(answerMany);
    const answer = Promise.withResolvers<PortalInvoiceList>();
    answerBy(() => answer.promise);
    find(pager(page), '[aria-label="Next page"]').click();
    await settle(page);
    expect(calls.at(-1)?.query).to.deep.equal({ order: '-created_at', limit: 25, cursor: 'second' });
    expect(find(page, 'table').getAttribute('aria-busy')).to.equal('true');
    expect(findAll(page, 'tbody tr')).to.have.length(invoices.length);
    answer.resolve(invoiceList([invoice()], { total_count: 312, previous: 'first', next: 'third' }));
    await settle(page);
    expect(texts(pager(page), '.range')).to.deep.equal(['26–26 of 312']);
    answerBy(answerMany);
    find(pager(page), '[aria-label="Previous page"]').click();
    await settle(page);
    expect(calls.at(-1)?.query).to.deep.equal({ order: '-created_at', limit: 25 });
    expect(texts(pager(page), '.range')).to.deep.equal(['1–7 of 312']);
  });

  it('never lets a late answer overwrite a newer one, and aborts it', async () => {
    const { page, calls, answerBy } = await invoicesPage(answerMany);
    const slow = Promise.withResolvers<PortalInvoiceList>();
    answerBy(() => slow.promise);
    await filterBy(page, { ...noFilter, search: 'a' });
    answerBy(() => Promise.resolve(invoiceList([invoice({ invoice_number: 'NEW' })])));
    await filterBy(page, { ...noFilter, search: 'ab' });
    expect(calls[1]?.signal?.aborted).to.equal(true);
    slow.resolve(invoiceList([invoice({ invoice_number: 'OLD' })]));
    await settle(page);
    expect(texts(page, 'tbody th')).to.deep.equal(['NEW']);
  });

  it('starts at the first page when it is filtered, sorted or sized anew, and tells where it is', async () => {
    const { page, calls } = await invoicesPage(answerMany, {
      state: { ...initialInvoicesState, page: 3, cursor: 'fourth' },
    });
    const moved = nextEvent(page, 'zk-state-change');
    await filterBy(page, { ...noFilter, chosen: { status: ['overdue', 'paid'] } });
    await moved;
    expect(calls.at(-1)?.query).to.deep.equal({
      order: '-created_at',
      limit: 25,
      is_overdue: true,
      status__in: ['paid'],
    });
    find(page, 'thead button').click();
    await settle(page);
    expect(calls.at(-1)?.query.order).to.equal('invoice_number');
    expect(JSON.parse(JSON.stringify(page.state))).to.deep.equal(page.state);
    expect(page.state).to.include({ page: 0, cursor: null });
  });

  it('does not load again when the same place is set from outside', async () => {
    const { page, calls } = await invoicesPage(answerMany);
    page.state = structuredClone(page.state);
    await settle(page);
    expect(calls).to.have.length(1);
  });

  it('starts again when the mark of a page is no longer good', async () => {
    const { page, calls, answerBy } = await invoicesPage(answerMany);
    answerBy(() => {
      answerBy(answerMany);
      return Promise.reject(failure('cursor_invalid'));
    });
    page.state = { ...page.state, page: 4, cursor: 'old' };
    await settle(page);
    await waitUntil(() => calls.length === 3);
    await settle(page);
    expect(texts(pager(page), '.range')).to.deep.equal(['1–7 of 312']);
  });

  it('shows skeleton rows while loading for the first time', async () => {
    const { page, host } = await invoicesPage(() => never);
    expect(findAll(find(page, 'zk-outline'), '.skeleton-row')).to.have.length(10);
    await expect(host).to.be.accessible();
  });

  it('says what will appear when there is nothing yet, without filters', async () => {
    const { page, host } = await invoicesPage(answerNothing);
    expect(texts(page, '.state-title')).to.deep.equal(['No invoices yet']);
    expect(findAll(page, 'zk-filter-bar')).to.deep.equal([]);
    await expect(host).to.be.accessible();
  });

  it('offers to clear the filters when nothing matches', async () => {
    const state = { ...initialInvoicesState, filter: { ...noFilter, search: 'nothing' } };
    const { page, host, calls, answerBy } = await invoicesPage(answerNothing, { state });
    expect(texts(page, '.state-title')).to.deep.equal(['No invoices match']);
    await expect(host).to.be.accessible();
    answerBy(answerMany);
    find(page, '.state button').click();
    await settle(page);
    expect(calls.at(-1)?.query).to.deep.equal({ order: '-created_at', limit: 25 });
    expect(findAll(page, 'tbody tr')).to.have.length(invoices.length);
  });

  it('says that it failed, with the request to quote, and tries again', async () => {
    const { page, host, answerBy } = await invoicesPage(() => Promise.reject(failure()));
    expect(texts(page, '.state')[0]).to.contain('req_4f8a21c09d');
    await expect(host).to.be.accessible();
    answerBy(answerMany);
    find(page, '.state button').focus();
    find(page, '.state button').click();
    await settle(page);
    expect(findAll(page, 'tbody tr')).to.have.length(invoices.length);
    expect(page.shadowRoot?.activeElement?.textContent).to.equal('Invoices');
  });

  it('keeps the focus on the pager while the next page loads', async () => {
    const { page, answerBy, calls } = await invoicesPage(answerMany);
    const next = find(pager(page), '[aria-label="Next page"]');
    answerBy(() => never);
    next.focus();
    next.click();
    await settle(page);
    next.click();
    await settle(page);
    expect(pager(page).shadowRoot?.activeElement === next).to.equal(true);
    expect(calls).to.have.length(2);
  });

  it('announces how many there are', async () => {
    const { page } = await invoicesPage(answerMany);
    expect(find(find(page, 'zk-list-news'), '[data-live]').textContent).to.equal(
      '312 invoices, Generated on: Descending',
    );
  });

  it('opens an invoice, and returns the focus to its row', async () => {
    const { page } = await invoicesPage(answerMany);
    const opener = findAll(page, 'tbody th button')[1];
    opener?.focus();
    opener?.click();
    await waitUntil(() => page.shadowRoot?.querySelector('zk-invoice-detail')?.shadowRoot?.querySelector('.detail'));
    expect(page.state.open).to.equal(invoices[1]?.id);
    const panel = find(find(page, 'zk-invoice-detail'), 'zk-panel');
    find(panel, 'button').click();
    await waitUntil(() => page.state.open === null);
    await settle(page);
    expect(page.shadowRoot?.activeElement === opener).to.equal(true);
  });

  it('gives the focus to the row of an invoice that was open from the start', async () => {
    const { page } = await invoicesPage(answerMany, {
      state: { ...initialInvoicesState, open: invoices[2]?.id ?? null },
    });
    await waitUntil(() => page.shadowRoot?.querySelector('zk-invoice-detail')?.shadowRoot?.querySelector('.detail'));
    find(find(find(page, 'zk-invoice-detail'), 'zk-panel'), 'button').click();
    await waitUntil(() => page.shadowRoot?.activeElement?.matches('tbody button'));
    expect(page.shadowRoot?.activeElement?.textContent?.trim()).to.equal('INV-2026-0040');
  });

  for (const [width, theme, dense] of [
    [1200, 'light', false],
    [1200, 'dark', true],
    [700, 'light', false],
    [360, 'dark', false],
    [320, 'light', false],
  ] as const) {
    it(`is accessible and needs no sideways scrolling, ${theme} at ${width} px`, async () => {
      const { host } = await invoicesPage(answerMany, { width, theme, dense });
      expect(host.scrollWidth).to.be.at.most(width);
      await expect(host).to.be.accessible();
    });
  }
});
