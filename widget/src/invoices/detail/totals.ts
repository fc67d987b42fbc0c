import type { PortalInvoiceDetail } from '#contract/invoices.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../../format/money.ts';
import { invoiceDetailMessages } from '../../i18n/invoice-detail.en.ts';
import { hasMoved, isMoneyBack } from '../../ui/payment-words/payment-words.ts';
import type { ViewContext } from '../../ui/view-context.ts';

/** How the lines become what is owed, step by step. */
export const totals = (invoice: PortalInvoiceDetail, ctx: ViewContext): TemplateResult => {
  const t = ctx.localizer.in(invoiceDetailMessages);
  const row = (label: string, amountMinor: number, className = ''): TemplateResult => html`
    <div class=${className}>
      <dt>${label}</dt>
      <dd class="number">${formatMoney(amountMinor, invoice.currency, ctx.locale)}</dd>
    </div>
  `;
  const rowUnlessZero = (label: string, amountMinor: number): TemplateResult | typeof nothing =>
    amountMinor ? row(label, amountMinor) : nothing;
  const rest = isOpenOrPaid(invoice) ? restOf(invoice) : 0;
  return html`
    <dl class="totals">
      ${row(t('invoice.subtotal'), invoice.subtotal)} ${rowUnlessZero(t('invoice.discount'), -invoice.discount_total)}
      ${rowUnlessZero(t('invoice.tax'), invoice.tax_total)} ${row(t('invoice.total'), invoice.invoice_total, 'sum')}
      ${rowUnlessZero(t('invoice.paid'), -movedAmount(invoice, false))}
      ${rowUnlessZero(t('invoice.refunded'), movedAmount(invoice, true))}
      ${rowUnlessZero(t('invoice.credited'), -invoice.credited_amount)}
      ${rowUnlessZero(t(rest > 0 ? 'invoice.balance_applied' : 'invoice.credits_returned'), -rest)}
      ${row(t('invoice.due'), invoice.amount_due, 'sum')}
    </dl>
  `;
};

const movedAmount = ({ payments }: PortalInvoiceDetail, isBack: boolean): number =>
  payments
    .filter(({ type, status }) => hasMoved(status) && isMoneyBack(type) === isBack)
    .reduce((sum, { amount }) => sum + amount, 0);

const isOpenOrPaid = ({ status }: PortalInvoiceDetail): boolean =>
  status === 'approved' || status === 'partially_paid' || status === 'paid';

/** What the account's balance paid; below zero, what credit notes gave back to it because it was paid already. */
const restOf = (invoice: PortalInvoiceDetail): number => {
  const received = movedAmount(invoice, false) - movedAmount(invoice, true);
  return invoice.invoice_total - received - invoice.credited_amount - invoice.amount_due;
};
