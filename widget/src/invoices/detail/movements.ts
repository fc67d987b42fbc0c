import type { PortalInvoiceDetail } from '#contract/invoices.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../../format/money.ts';
import { invoiceDetailMessages } from '../../i18n/invoice-detail.en.ts';
import {
  isMoneyBack,
  paymentMethodText,
  paymentStatusPill,
  paymentTypeWord,
} from '../../ui/payment-words/payment-words.ts';
import { statusPill } from '../../ui/status-pill/status-pill.ts';
import type { Tone } from '../../ui/status-pill/status-pill.ts';
import { dateValue } from '../../ui/value/value.ts';
import type { ViewContext } from '../../ui/view-context.ts';

/** The payments and refunds applied to the invoice; refunds are negative, as money going back. */
export const payments = (invoice: PortalInvoiceDetail, ctx: ViewContext): TemplateResult => {
  const t = ctx.localizer.in(invoiceDetailMessages);
  return html`
    <section>
      <h3>${t('invoice.payments')}</h3>
      ${
        invoice.payments.length === 0
          ? html`<p class="muted">${t('invoice.no_payments')}</p>`
          : html`<ul class="movements">
              ${invoice.payments.map((payment) =>
                movement({
                  title: paymentTypeWord(payment.type, ctx.localizer),
                  pill: paymentStatusPill(payment.status, ctx.localizer),
                  notes: [
                    dateValue(payment.timestamp, ctx),
                    paymentMethodText(payment.payment_method, payment.payment_method_details, ctx.localizer),
                    payment.receipt_number && t('invoice.receipt', { number: payment.receipt_number }),
                  ],
                  amount: formatMoney(
                    isMoneyBack(payment.type) ? -payment.amount : payment.amount,
                    invoice.currency,
                    ctx.locale,
                  ),
                }),
              )}
            </ul>`
      }
    </section>
  `;
};

const creditNoteTones: Record<string, Tone> = { issued: 'success', paid: 'success', in_progress: 'pending' };

/** The credit notes on the invoice; nothing when there are none. */
export const creditNotes = (invoice: PortalInvoiceDetail, ctx: ViewContext): TemplateResult | typeof nothing => {
  const t = ctx.localizer.in(invoiceDetailMessages);
  if (invoice.credit_notes.length === 0) return nothing;
  return html`
    <section>
      <h3>${t('invoice.credit_notes')}</h3>
      <ul class="movements">
        ${invoice.credit_notes.map((note) =>
          movement({
            title: t('invoice.credit_note', { number: note.credit_note_number }),
            pill: statusPill(creditNoteTones[note.status] ?? 'neutral', t(`invoice.credit_${note.status}`)),
            notes: [dateValue(note.created_at, ctx), note.reason],
            amount: formatMoney(-note.amount, note.currency, ctx.locale),
          }),
        )}
      </ul>
    </section>
  `;
};

const movement = (options: {
  title: string;
  pill: TemplateResult;
  notes: readonly unknown[];
  amount: string;
}): TemplateResult => html`
  <li>
    <div>
      <span class="movement-title">${options.title} ${options.pill}</span>
      <span class="muted note">${options.notes.map((note) => (note ? html`<span>${note}</span>` : nothing))}</span>
    </div>
    <span class="number">${options.amount}</span>
  </li>
`;
