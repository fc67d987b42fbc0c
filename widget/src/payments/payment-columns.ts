import type { PortalPayment } from '#contract/payments.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FileSource } from '../downloads/file-saver.ts';
import { formatMoney } from '../format/money.ts';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { paymentsMessages } from '../i18n/payments.en.ts';
import type { Column } from '../ui/data-table/data-table.ts';
import {
  isMoneyBack,
  paymentMethodText,
  paymentStatusPill,
  paymentTypeWord,
} from '../ui/payment-words/payment-words.ts';
import { dateValue, missingValue } from '../ui/value/value.ts';
import type { ViewContext } from '../ui/view-context.ts';

type OpenInvoice = ((invoiceId: string) => void) | null;

/** The columns of the list; `onInvoice` is asked to show an invoice's details, null where they cannot be shown. */
export function paymentColumns(ctx: ViewContext, onInvoice: OpenInvoice): Column<PortalPayment>[] {
  const t = ctx.localizer.in(paymentsMessages);
  return [
    {
      key: 'timestamp',
      label: t('payments.date'),
      isSortable: true,
      cell: (payment) => dateValue(payment.timestamp, ctx),
    },
    { key: 'description', label: t('payments.description'), cell: (payment) => description(payment, ctx) },
    {
      key: 'type',
      label: t('payments.type'),
      isSortable: true,
      from: 'wide',
      card: 'hidden',
      cell: (payment) => paymentTypeWord(payment.type, ctx.localizer),
    },
    {
      key: 'status',
      label: t('payments.status'),
      isSortable: true,
      card: 'corner',
      cell: (payment) => paymentStatusPill(payment.status, ctx.localizer),
    },
    {
      key: 'payment_method',
      label: t('payments.method'),
      isSortable: true,
      from: 'medium',
      cell: (payment) => paymentMethodText(payment.payment_method, payment.payment_method_details, ctx.localizer),
    },
    {
      key: 'amount',
      label: t('payments.amount'),
      isSortable: true,
      isAtEnd: true,
      cell: (payment) => amount(payment, ctx),
    },
    {
      key: 'invoice',
      label: t('payments.invoice'),
      cell: (payment) => invoiceLinks(payment, ctx, onInvoice),
    },
  ];
}

const received = ['success', 'partially_refunded', 'refunded'];

/** Money that arrived or went back has a receipt. */
export const receiptColumn = (ctx: ViewContext, api: FileSource): Column<PortalPayment> => ({
  key: 'receipt',
  label: ctx.localizer.in(downloadMessages)('download.receipt_column'),
  isAtEnd: true,
  cell: (payment) => receiptButton(payment, ctx, api),
});

function receiptButton(payment: PortalPayment, ctx: ViewContext, api: FileSource): unknown {
  const t = ctx.localizer.in(downloadMessages);
  const { id, receipt_number: number, status } = payment;
  return received.includes(status)
    ? html`<zk-download-button
        .ctx=${ctx}
        .api=${api}
        .file=${{ path: 'payments/:payment_id/receipt', params: { payment_id: id } }}
        label=${number ? t('download.receipt', { number }) : t('download.receipt_plain')}
      ></zk-download-button>`
    : missingValue(ctx);
}

function description(payment: PortalPayment, ctx: ViewContext): TemplateResult {
  return html`
    <div class="description">
      ${descriptionText(payment, ctx)}
      ${payment.failure_message ? html`<span class="muted note">${payment.failure_message}</span>` : nothing}
    </div>
  `;
}

/** "Payment for INV-7 and INV-8", "Refund of RCP-3". */
export function descriptionText({ type, parent, invoices }: PortalPayment, ctx: ViewContext): string {
  const t = ctx.localizer.in(paymentsMessages);
  const numbers = new Intl.ListFormat(ctx.locale).format(invoices.map(({ invoice_number: number }) => number));
  const receipt = parent?.receipt_number;
  switch (type) {
    case 'payment':
      return numbers ? t('payments.payment_for', { invoices: numbers }) : t('payments.payment_without_invoice');
    case 'refund':
      if (receipt) return t('payments.refund_of', { receipt });
      return numbers ? t('payments.refund_for', { invoices: numbers }) : t('payments.refund');
    default: {
      const word = paymentTypeWord(type, ctx.localizer);
      if (type === 'payment_reversal' && receipt) return t('payments.reversal_of', { receipt });
      return numbers ? t('payments.other_for', { type: word, invoices: numbers }) : word;
    }
  }
}

function amount(payment: PortalPayment, ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(paymentsMessages);
  const { amount: amountMinor, amount_refunded: refundedMinor, currency_code: currency, type } = payment;
  const isPartlyRefunded = refundedMinor > 0 && refundedMinor < amountMinor;
  return html`
    <div>
      ${formatMoney(isMoneyBack(type) ? -amountMinor : amountMinor, currency, ctx.locale)}
      ${
        isPartlyRefunded
          ? html`<span class="muted note"
              >${t('payments.partly_refunded', { amount: formatMoney(refundedMinor, currency, ctx.locale) })}</span
            >`
          : nothing
      }
    </div>
  `;
}

function invoiceLinks({ invoices }: PortalPayment, ctx: ViewContext, onInvoice: OpenInvoice): TemplateResult {
  const t = ctx.localizer.in(paymentsMessages);
  if (invoices.length === 0) return missingValue(ctx);
  return html`
    <div class="invoices">
      ${invoices.map(({ invoice_id: id, invoice_number: number }) =>
        onInvoice
          ? html`
              <button
                class="link"
                type="button"
                aria-label=${t('payments.open_invoice', { number })}
                @click=${() => onInvoice(id)}
              >
                ${number}
              </button>
            `
          : html`<span>${number}</span>`,
      )}
    </div>
  `;
}
