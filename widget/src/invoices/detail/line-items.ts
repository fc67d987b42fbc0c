import type { InvoiceLineItem, PortalInvoiceDetail } from '#contract/invoices.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatPeriod } from '../../format/date.ts';
import { formatMoney } from '../../format/money.ts';
import { formatQuantity } from '../../format/quantity.ts';
import { formatUnitPrice } from '../../format/unit-price.ts';
import { invoiceDetailMessages } from '../../i18n/invoice-detail.en.ts';
import type { ViewContext } from '../../ui/view-context.ts';

/** What is charged: quantity, unit price and amount before discount and tax, a line each. */
export const lineItems = (invoice: PortalInvoiceDetail, ctx: ViewContext): TemplateResult => {
  const t = ctx.localizer.in(invoiceDetailMessages);
  if (invoice.line_items.length === 0) return html`<p class="muted">${t('invoice.no_lines')}</p>`;
  return html`
    <table part="table" class="lines" role="table" aria-label=${t('invoice.lines')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${t('invoice.item')}</th>
          <th role="columnheader" scope="col">${t('invoice.quantity')}</th>
          <th role="columnheader" scope="col">${t('invoice.unit_price')}</th>
          <th role="columnheader" scope="col">${t('invoice.amount')}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${invoice.line_items.map((line) => lineRow(line, invoice, ctx))}
      </tbody>
    </table>
  `;
};

function lineRow(line: InvoiceLineItem, { currency }: PortalInvoiceDetail, ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(invoiceDetailMessages);
  const quantity = formatQuantity(line.quantity, ctx.locale);
  return html`
    <tr role="row">
      <th role="rowheader" scope="row">
        ${line.name}
        ${lineNotes(line, currency, ctx).map((note) => (note ? html`<span class="muted note">${note}</span>` : nothing))}
      </th>
      <td class="number" role="cell" data-label=${t('invoice.quantity')}>
        ${line.unit ? t('invoice.quantity_unit', { quantity, unit: line.unit }) : quantity}
      </td>
      <td class="number" role="cell" data-label=${t('invoice.unit_price')}>
        ${formatUnitPrice(line.unit_price, currency, ctx.locale)}
      </td>
      <td class="number" role="cell" data-label=${t('invoice.amount')}>
        ${formatMoney(line.subtotal, currency, ctx.locale)}
      </td>
    </tr>
  `;
}

function lineNotes(line: InvoiceLineItem, currency: string, ctx: ViewContext): (string | null)[] {
  const t = ctx.localizer.in(invoiceDetailMessages);
  const money = (amountMinor: number): string => formatMoney(amountMinor, currency, ctx.locale);
  const period = line.period && formatPeriod(line.period.begin_date, line.period.end_date_exclusive, ctx);
  const percent = new Intl.NumberFormat(ctx.locale, { style: 'percent', maximumFractionDigits: 4 });
  return [
    line.description,
    line.is_proration ? [t('invoice.proration'), period].filter(Boolean).join(' · ') : period,
    line.discount ? t('invoice.line_discount', { amount: money(-line.discount) }) : null,
    line.tax_rate === null
      ? null
      : t('invoice.line_tax', { rate: percent.format(Number(line.tax_rate) / 100), amount: money(line.tax) }),
  ];
}
