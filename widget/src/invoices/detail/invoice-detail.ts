import type { PortalInvoiceDetail } from '#contract/invoices.ts';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../../api/portal-api.ts';
import { formatDate, formatPeriod } from '../../format/date.ts';
import { formatMoney } from '../../format/money.ts';
import { downloadMessages } from '../../i18n/downloads.en.ts';
import { invoiceDetailMessages } from '../../i18n/invoice-detail.en.ts';
import { base } from '../../ui/base.styles.ts';
import { errorState, failureOf } from '../../ui/states/states.ts';
import { statesStyles } from '../../ui/states/states.styles.ts';
import { statusPillStyles } from '../../ui/status-pill/status-pill.styles.ts';
import { renderTask } from '../../ui/task/render-task.ts';
import { Task } from '../../ui/task/task.ts';
import { dateValue } from '../../ui/value/value.ts';
import type { ViewContext } from '../../ui/view-context.ts';
import { invoiceStatusPills } from '../invoice-status.ts';
import { invoiceDetailStyles } from './invoice-detail.styles.ts';
import { creditNotes, payments } from './movements.ts';
import { lineItems } from './line-items.ts';
import { parties } from './parties.ts';
import { totals } from './totals.ts';

/**
 * @summary Everything about one invoice, in a panel over the page.
 * @event zk-panel-close - The reader closed it.
 */
export class ZkInvoiceDetail extends LitElement {
  static override styles = [base, statesStyles, statusPillStyles, invoiceDetailStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'getInvoice' | 'getFile'>;
  @property({ attribute: false }) invoiceId = '';
  /** The number for the heading until the invoice is there; empty when it is not known yet. */
  @property({ attribute: false }) invoiceNumber = '';

  private readonly detail = new Task(this, {
    task: ([api, invoiceId], { signal }) => api.getInvoice(invoiceId, signal),
    args: () => [this.api, this.invoiceId] as const,
  });

  override render(): unknown {
    const { localizer } = this.ctx;
    const number = this.detail.value?.invoice_number ?? this.invoiceNumber;
    return html`
      <zk-panel
        exportparts="dialog"
        open
        heading=${localizer.in(invoiceDetailMessages)('invoice.heading', { number }).trim()}
        close-label=${localizer.in(invoiceDetailMessages)('invoice.close')}
      >
        ${renderTask(this.detail, {
          pending: () => html`<zk-outline .ctx=${this.ctx}></zk-outline>`,
          error: (error) => errorState({ localizer, failure: failureOf(error), retry: () => void this.detail.run() }),
          complete: (invoice) => this.renderInvoice(invoice),
        })}
      </zk-panel>
    `;
  }

  private renderInvoice(invoice: PortalInvoiceDetail): unknown {
    const { ctx } = this;
    return html`
      <div slot="heading-end">${invoiceStatusPills({ ...invoice, days_overdue: null }, ctx.localizer)}</div>
      <div class="detail">
        <div class="head">${this.renderDue(invoice)} ${this.renderDownload(invoice)}</div>
        ${parties(invoice, ctx)} ${this.renderFacts(invoice)} ${lineItems(invoice, ctx)} ${totals(invoice, ctx)}
        ${payments(invoice, ctx)} ${creditNotes(invoice, ctx)}
        ${
          invoice.notes
            ? html`<section>
                <h3>${ctx.localizer.in(invoiceDetailMessages)('invoice.notes')}</h3>
                <p class="notes">${invoice.notes}</p>
              </section>`
            : nothing
        }
      </div>
    `;
  }

  private renderDownload({ id, invoice_number: number }: PortalInvoiceDetail): TemplateResult {
    const { ctx } = this;
    const t = ctx.localizer.in(downloadMessages);
    return html`<zk-download-button
      exportparts="button"
      .ctx=${ctx}
      .api=${this.api}
      .file=${{ path: 'invoices/:invoice_id/pdf', params: { invoice_id: id } }}
      label=${`${t('download.pdf')}: ${number}`}
      text=${t('download.pdf')}
    ></zk-download-button>`;
  }

  private renderDue(invoice: PortalInvoiceDetail): TemplateResult {
    const { ctx } = this;
    const t = ctx.localizer.in(invoiceDetailMessages);
    const isSettled = invoice.status === 'paid' && invoice.paid_at !== null;
    const when = isSettled
      ? t('invoice.paid_on', { date: formatDate(invoice.paid_at ?? '', ctx) })
      : invoice.due_date && invoice.amount_due > 0
        ? t('invoice.due_on', { date: formatDate(invoice.due_date, ctx) })
        : '';
    return html`
      <div class="due">
        <p class="muted">${t('invoice.due')}</p>
        <p class="due-amount number">${formatMoney(invoice.amount_due, invoice.currency, ctx.locale)}</p>
        <p>
          <span class="muted">${when}</span>
          ${
            invoice.days_overdue === null
              ? nothing
              : html`<span class="overdue"
                  >${ctx.localizer.t('invoices.overdue', { count: invoice.days_overdue })}</span
                >`
          }
        </p>
      </div>
    `;
  }

  private renderFacts(invoice: PortalInvoiceDetail): TemplateResult {
    const { ctx } = this;
    const { t } = ctx.localizer;
    const period = invoice.invoice_period;
    const fact = (label: string, value: unknown): TemplateResult =>
      html`<div>
        <dt>${label}</dt>
        <dd>${value}</dd>
      </div>`;
    return html`
      <dl class="facts">
        ${
          period ? fact(t('invoices.period'), formatPeriod(period.begin_date, period.end_date_exclusive, ctx)) : nothing
        }
        ${fact(t('invoices.created'), dateValue(invoice.created_at, ctx))}
        ${fact(t('invoices.due_date'), dateValue(invoice.due_date, ctx))}
        ${
          invoice.contract
            ? fact(ctx.localizer.in(invoiceDetailMessages)('invoice.contract'), invoice.contract.name)
            : nothing
        }
      </dl>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-invoice-detail': ZkInvoiceDetail;
  }
}
