import type { PortalInvoiceDetail } from '#contract/invoices.ts';
import { expect, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { failure } from '../../testing/failure.ts';
import { invoiceDetail } from '../../testing/invoice-fixtures.ts';
import { find, findAll, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import './define.ts';
import type { ZkInvoiceDetail } from './invoice-detail.ts';

async function detail(
  getInvoice: () => Promise<PortalInvoiceDetail>,
  { theme = 'light', until = '.detail' } = {},
): Promise<{ element: ZkInvoiceDetail; host: HTMLElement; dialog: HTMLDialogElement }> {
  const { root, host } = await stage(
    html`<zk-invoice-detail .ctx=${viewContext()} .api=${{ getInvoice }} .invoiceId=${'7'}></zk-invoice-detail>`,
    { theme },
  );
  const element = find<ZkInvoiceDetail>(root, 'zk-invoice-detail');
  await waitUntil(() => element.shadowRoot?.querySelector(until));
  const dialog = find<HTMLDialogElement>(find(element, 'zk-panel'), 'dialog');
  await Promise.all(dialog.getAnimations().map(({ finished }) => finished));
  return { element, host, dialog };
}

const text = (element: Element): string =>
  (element as HTMLElement).innerText
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/ ?– ?/g, ' – ')
    .trim();
const pairs = (element: ZkInvoiceDetail, selector: string): string[] =>
  findAll(element, `${selector} > div`).map((row) => text(row));

describe('zk-invoice-detail', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  it('goes from the lines to what is owed, step by step', async () => {
    const { element } = await detail(() => Promise.resolve(invoiceDetail()));
    expect(pairs(element, '.totals')).to.deep.equal([
      'Subtotal US$1,250.00',
      'Discount -US$50.00',
      'Tax US$99.00',
      'Total US$1,299.00',
      'Payments applied -US$800.00',
      'Refunds US$100.00',
      'Credit notes applied -US$100.00',
      'Amount due US$499.00',
    ]);
  });

  for (const { what, change, row } of [
    { what: 'that a balance paid', change: { amount_due: 39_900 }, row: 'Balance applied -US$100.00' },
    {
      what: 'that came back as credits',
      change: { credited_amount: 75_000, amount_due: 0 },
      row: 'Returned as account credit US$151.00',
    },
  ]) {
    it(`accounts for an amount ${what}`, async () => {
      const { element } = await detail(() => Promise.resolve({ ...invoiceDetail(), ...change }));
      expect(pairs(element, '.totals')).to.include(row);
    });
  }

  it('shows parties, period, contract and notes', async () => {
    const { element } = await detail(() => Promise.resolve(invoiceDetail()));
    expect(findAll(element, '.parties section').map((party) => text(party))).to.deep.equal([
      'From Northwind Cloud Ltd 1 Harbour Street Dublin, D01 X2P2 Ireland billing@northwind.example Tax ID IE6388047V',
      'Billed to Blue Harbor Logistics 500 Market Street Floor 9 San Francisco, CA, 94105 United States accounts@blueharbor.example',
    ]);
    expect(pairs(element, '.facts')).to.deep.equal([
      'Billing period 1 – 30 Nov 2026',
      'Generated on 1 Nov 2026',
      'Due date 11 Nov 2026',
      'Contract Team plan 2026',
    ]);
    expect(text(find(element, '.notes'))).to.contain('Purchase order PO-7781.');
  });

  it('shows each line with quantity, exact unit price and amount', async () => {
    const { element } = await detail(() => Promise.resolve(invoiceDetail()));
    const [plan, calls, seats] = findAll(element, '.lines tbody tr').map((line) => text(line));
    expect(plan).to.equal(
      'Team plan Up to 50 members, priority support 1 – 30 Nov 2026 Discount -US$50.00 Tax 8.25%: US$78.38 20 seats US$50.00 US$1,000.00',
    );
    expect(calls).to.contain('8,000,000 calls US$0.000025 US$200.00');
    expect(seats).to.contain('Prorated · 16 – 30 Nov 2026').and.to.contain('2.5 seats');
  });

  it('reads refunds as money back, and says which payment failed', async () => {
    const { element } = await detail(() => Promise.resolve(invoiceDetail()));
    const [payment, refund, failed, credit] = findAll(element, '.movements li').map((row) => text(row));
    expect(payment).to.contain('Partially refunded').and.to.contain('ending in 4242').and.to.contain('US$800.00');
    expect(refund)
      .to.match(/^Refund Succeeded/)
      .and.to.contain('-US$100.00');
    expect(failed).to.contain('Failed');
    expect(credit).to.contain('Credit note CN-0007').and.to.contain('-US$100.00');
  });

  it('leaves out what an invoice does not have', async () => {
    const bare = invoiceDetail({
      line_items: [],
      payments: [],
      credit_notes: [],
      credited_amount: 0,
      discount_total: 0,
      notes: null,
      contract: null,
      invoice_period: null,
      days_overdue: null,
    });
    const { element, host } = await detail(() => Promise.resolve(bare));
    const all = text(find(element, '.detail'));
    expect(all).to.contain('This invoice has no line items.').and.to.contain('No payments yet.');
    expect(all).not.to.match(/Credit notes|Discount|Notes|Contract|Overdue|null|undefined/);
    await expect(host).to.be.accessible();
  });

  it('has a skeleton, then an error with the request to quote', async () => {
    const pending = await detail(() => new Promise(() => undefined), { until: 'zk-outline' });
    expect(find(pending.element, 'zk-panel').getAttribute('heading')).to.equal('Invoice');
    await expect(pending.host).to.be.accessible();
    const failed = await detail(() => Promise.reject(failure('invoice_not_found')), { until: '.state' });
    expect(text(find(failed.element, '.state')))
      .to.contain('req_4f8a21c09d')
      .and.to.contain('does not exist');
    await expect(failed.host).to.be.accessible();
  });

  for (const [width, theme] of [
    [1200, 'light'],
    [1200, 'dark'],
    [320, 'light'],
  ] as const) {
    it(`is accessible and needs no sideways scrolling, ${theme} at ${width} px`, async () => {
      await setViewport({ width, height: 800 });
      const { host, dialog } = await detail(() => Promise.resolve(invoiceDetail()), { theme });
      expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
      await expect(host).to.be.accessible();
    });
  }
});
