import type { PortalPaymentList, PortalPaymentsQuery } from '#contract/payments.ts';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { failure } from '../testing/failure.ts';
import { payment, paymentList, payments } from '../testing/payment-fixtures.ts';
import { find, findAll, nextEvent, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import { FilterChangeEvent, noFilter } from '../ui/filter-bar/filter-change-event.ts';
import './define.ts';
import { descriptionText } from './payment-columns.ts';
import type { ZkPaymentsPage } from './payments-page.ts';

async function paymentsPage(
  answer: () => Promise<PortalPaymentList>,
  { width = 1200, theme = 'light' } = {},
): Promise<{ page: ZkPaymentsPage; host: HTMLElement; queries: Partial<PortalPaymentsQuery>[] }> {
  const queries: Partial<PortalPaymentsQuery>[] = [];
  const api = {
    listPayments: (query: Partial<PortalPaymentsQuery>) => {
      queries.push(query);
      return answer();
    },
  };
  const { root, host } = await stage(html`<zk-payments-page .ctx=${viewContext()} .api=${api}></zk-payments-page>`, {
    width,
    theme,
  });
  const page = find<ZkPaymentsPage>(root, 'zk-payments-page');
  await settle(page);
  return { page, host, queries };
}

async function settle(page: ZkPaymentsPage): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await page.updateComplete;
}

const answerAll = (): Promise<PortalPaymentList> => Promise.resolve(paymentList(payments));
const row = (page: ZkPaymentsPage, index: number): string => {
  const rows = findAll(page, 'tbody tr').map(({ innerText }) => innerText.replace(/[\s\u00a0]+/g, ' ').trim());
  return rows[index] ?? '';
};

describe('zk-payments-page', () => {
  it('shows date, description, type, status, method, amount and invoice', async () => {
    const { page } = await paymentsPage(answerAll);
    expect(findAll(page, 'thead th').map((th) => th.textContent?.trim())).to.deep.equal([
      'Date',
      'Description',
      'Type',
      'Status',
      'Method',
      'Amount',
      'Invoice',
      'Receipt',
    ]);
    expect(row(page, 0)).to.match(
      /^12 Nov 2026 Payment for INV-2026-0042 Payment Succeeded Visa •••• 4242 ?Visa ending in 4242 US\$1,284.50 INV-2026-0042$/,
    );
  });

  it('reads a refund as money back, and a partly refunded payment with how much', async () => {
    const { page } = await paymentsPage(answerAll);
    expect(row(page, 1)).to.contain('Refund of RCP-1038').and.to.contain('-US$200.00');
    expect(row(page, 2)).to.contain('Partially refunded').and.to.contain('US$200.00 refunded');
  });

  it('says why a charge failed', async () => {
    const { page } = await paymentsPage(answerAll);
    expect(row(page, 3)).to.contain('Failed').and.to.contain('insufficient funds');
  });

  it('asks for an invoice by its link', async () => {
    const { page } = await paymentsPage(answerAll);
    const asked = nextEvent(page, 'zk-invoice-request');
    find(page, '[aria-label="Open invoice INV-2026-0042"]').click();
    expect((await asked).invoiceId).to.equal('a1000000-0000-4000-8000-000000000001');
  });

  it('leads to no invoice where invoices are not shown', async () => {
    const { page } = await paymentsPage(answerAll);
    page.unlinked = true;
    await page.updateComplete;
    expect(page.shadowRoot?.querySelector('.invoices')?.textContent).to.contain('INV-');
    expect(findAll(page, '.invoices button')).to.deep.equal([]);
  });

  it('asks for types, statuses and days', async () => {
    const { page, queries } = await paymentsPage(answerAll);
    const chosen = { type: ['refund'], status: ['success', 'failed'] };
    find(page, 'zk-filter-bar').dispatchEvent(new FilterChangeEvent({ ...noFilter, chosen, to: '2026-11-30' }));
    await settle(page);
    expect(queries.at(-1)).to.deep.equal({
      order: '-timestamp',
      limit: 25,
      type__in: ['refund'],
      status__in: ['success', 'failed'],
      timestamp__lte: '2026-11-30',
    });
  });

  for (const [state, answer] of [
    ['complete', answerAll],
    ['pending', () => new Promise<never>(() => undefined)],
    ['empty', () => Promise.resolve(paymentList([]))],
    ['failed', () => Promise.reject(failure())],
  ] as const) {
    for (const [width, theme] of [
      [1200, 'light'],
      [1200, 'dark'],
      [320, 'light'],
    ] as const) {
      it(`is accessible and needs no sideways scrolling when ${state}, ${theme} at ${width} px`, async () => {
        const { host } = await paymentsPage(answer, { width, theme });
        expect(host.scrollWidth).to.be.at.most(width);
        await expect(host).to.be.accessible();
      });
    }
  }
});

describe('descriptionText', () => {
  for (const [part, expected] of [
    [{}, 'Payment for INV-2026-0042'],
    [{ invoices: [] }, 'Payment on account'],
    [{ type: 'refund', parent: { id: '1', receipt_number: 'R-1' } }, 'Refund of R-1'],
    [{ type: 'refund' }, 'Refund for INV-2026-0042'],
    [{ type: 'refund', invoices: [] }, 'Refund'],
    [{ type: 'payment_reversal', parent: { id: '1', receipt_number: 'R-1' } }, 'Reversal of R-1'],
    [{ type: 'tax_withheld' }, 'Tax withheld for INV-2026-0042'],
  ] as const) {
    it(`says ${expected}`, () => {
      expect(
        descriptionText(payment({ ...part, invoices: 'invoices' in part ? [] : payment().invoices }), viewContext()),
      ).to.equal(expected);
    });
  }
});
