import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { CurrencySummary, PortalSummary } from '#contract/summary.ts';
import type { PortalApi } from '../api/portal-api.ts';
import { failure } from '../testing/failure.ts';
import { find, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import './define.ts';
import type { ZkSummary } from './summary.ts';

const currency = (part: Partial<CurrencySummary>): CurrencySummary => ({
  currency: 'USD',
  amount_due: 0,
  open_count: 0,
  overdue_amount: 0,
  overdue_count: 0,
  next_due: null,
  last_payment: null,
  ...part,
});

const owing = currency({
  amount_due: 120_050,
  open_count: 2,
  overdue_amount: 20_000,
  overdue_count: 1,
  next_due: { invoice_id: 'i1', invoice_number: 'INV-7', due_date: '2026-12-01T00:00:00.000Z', amount_due: 100_050 },
});
const yen = currency({
  currency: 'JPY',
  amount_due: 5_000,
  open_count: 1,
  last_payment: {
    id: 'p1',
    amount: 300,
    timestamp: '2026-11-02T10:00:00.000Z',
    payment_method: 'card',
    payment_method_details: null,
  },
});

const show = async (getSummary: PortalApi['getSummary']): Promise<{ host: HTMLElement; summary: ZkSummary }> => {
  const api = { getSummary };
  const { host, root } = await stage(html`<zk-summary .ctx=${viewContext()} .api=${api}></zk-summary>`);
  return { host, summary: find<ZkSummary>(root, 'zk-summary') };
};

const showing = async (...currencies: CurrencySummary[]): Promise<{ host: HTMLElement; texts: string[] }> => {
  const { host, summary } = await show(() => Promise.resolve<PortalSummary>({ currencies }));
  await waitUntil(() => summary.shadowRoot?.querySelector('dl'));
  const facts = summary.shadowRoot?.querySelectorAll<HTMLElement>('dl > div') ?? [];
  return { host, texts: [...facts].map((fact) => fact.innerText.replace(/\s+/g, ' ').trim()) };
};

describe('zk-summary', () => {
  it('shows each currency for itself, and never a sum of two', async () => {
    const { host, texts } = await showing(owing, yen);
    expect(texts).to.deep.equal([
      'Amount due US$1,200.50 2 open invoices JP¥5,000 1 open invoice',
      'Overdue US$200.00 1 invoice',
      'Next due 1 Dec 2026 US$1,000.50 · INV-7',
      'Last payment JP¥300 2 Nov 2026',
    ]);
    await expect(host).to.be.accessible();
  });

  it('tells a new customer that nothing is due', async () => {
    const { host, texts } = await showing();
    expect(texts).to.deep.equal([
      'Amount due Nothing due',
      'Overdue Nothing overdue',
      'Next due Nothing coming up',
      'Last payment None yet',
    ]);
    await expect(host).to.be.accessible();
  });

  it('takes its place before the amounts come', async () => {
    const { host, summary } = await show(() => new Promise(() => undefined));
    expect(summary.offsetHeight).to.be.at.least(88);
    await expect(host).to.be.accessible();
  });

  it('says that it failed, and loads again when asked', async () => {
    let attempts = 0;
    const { host, summary } = await show(async () => {
      attempts += 1;
      if (attempts === 1) throw failure();
      return { currencies: [owing] };
    });
    await waitUntil(() => summary.shadowRoot?.querySelector('[role=alert]'));
    await expect(host).to.be.accessible();
    summary.shadowRoot?.querySelector('button')?.click();
    await waitUntil(() => summary.shadowRoot?.querySelector('dl'));
  });
});
