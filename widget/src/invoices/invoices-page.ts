import type { PortalInvoice } from '#contract/invoices.ts';
import { css, html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { formatPeriod } from '../format/date.ts';
import { formatMoney } from '../format/money.ts';
import { banner } from '../ui/banner/banner.ts';
import { bannerStyles } from '../ui/banner/banner.styles.ts';
import type { Column } from '../ui/data-table/data-table.ts';
import { innerParts } from '../ui/inner-parts.ts';
import { firstPage, StateChangeEvent } from '../ui/list-view/list-state.ts';
import type { ListState } from '../ui/list-view/list-state.ts';
import { listView } from '../ui/list-view/list-view.ts';
import { listViewStyles } from '../ui/list-view/list-view.styles.ts';
import { failureOf } from '../ui/states/states.ts';
import { Task } from '../ui/task/task.ts';
import { dateValue, missingValue } from '../ui/value/value.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { invoiceStatuses, invoiceStatusPills, invoiceStatusWord } from './invoice-status.ts';
import { initialInvoicesState, invoicesQuery, overdueOption } from './invoices-state.ts';

/**
 * @summary The customer's invoices: filter, sort, page, and open one in a panel, whose code is loaded when first used.
 * @event zk-state-change - The reader moved; read `state`.
 */
export class ZkInvoicesPage extends LitElement {
  static override styles = [
    ...listViewStyles,
    bannerStyles,
    css`
      .pills {
        display: inline-flex;
        flex-wrap: wrap;
        justify-content: inherit;
        gap: var(--zk-space);
        max-inline-size: 21ch;
      }
      .due {
        font-weight: 600;
      }
      .banner {
        margin-block-end: calc(var(--zk-space) * 3);
      }
      zk-invoice-actions {
        display: inline-flex;
        inline-size: clamp(32px, 99 * (100cqi - 799px), 64px);
      }
    `,
  ];

  @state() private hasPanelFailed = false;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'listInvoices' | 'getInvoice' | 'getFile'>;
  @property({ attribute: false }) state: ListState = initialInvoicesState;

  private readonly list = new Task(this, {
    task: ([api, query], { signal }) => api.listInvoices(JSON.parse(query), signal),
    args: () => [this.api, JSON.stringify(invoicesQuery(this.state))] as const,
    onError: (error) => {
      if (failureOf(error)?.code === 'cursor_invalid') this.move(firstPage);
    },
  });

  override willUpdate(): void {
    if (this.state.open) this.loadPanel();
  }

  override updated(): void {
    if (this.list.value) import('./define-actions.ts').catch(() => undefined);
  }

  private loadPanel(): void {
    import('./detail/define.ts').then(
      () => (this.hasPanelFailed = false),
      () => {
        this.hasPanelFailed = true;
        this.move({ open: null });
      },
    );
  }

  private move(part: Partial<ListState>): void {
    this.state = { ...this.state, ...part };
    this.dispatchEvent(new StateChangeEvent());
  }

  private async handlePanelClose(event: Event): Promise<void> {
    event.stopPropagation();
    const index = this.list.value?.results.findIndex(({ id }) => id === this.state.open) ?? -1;
    this.move({ open: null });
    await this.updateComplete;
    if (this.shadowRoot?.activeElement || index < 0) return;
    this.renderRoot.querySelectorAll<HTMLElement>('tbody .name button')[index]?.focus();
  }

  private get columns(): Column<PortalInvoice>[] {
    const { ctx } = this;
    const { t } = ctx.localizer;
    return [
      {
        key: 'invoice_number',
        label: t('invoices.number'),
        cell: (invoice) => invoice.invoice_number,
        isSortable: true,
      },
      {
        key: 'status',
        label: t('invoices.status'),
        isSortable: true,
        card: 'corner',
        cell: (invoice) => invoiceStatusPills(invoice, ctx.localizer),
      },
      {
        key: 'invoice_total',
        label: t('invoices.total'),
        isSortable: true,
        isAtEnd: true,
        cell: (invoice) => formatMoney(invoice.invoice_total, invoice.currency, ctx.locale),
      },
      {
        key: 'due_date',
        label: t('invoices.due_date'),
        isSortable: true,
        cell: (invoice) => dateValue(invoice.due_date, ctx),
      },
      {
        key: 'amount_due',
        label: t('invoices.amount_due'),
        isSortable: true,
        isAtEnd: true,
        cell: ({ amount_due: amountDue, currency }) =>
          html`<span class=${amountDue > 0 ? 'due' : 'muted'}>${formatMoney(amountDue, currency, ctx.locale)}</span>`,
      },
      {
        key: 'invoice_period',
        label: t('invoices.period'),
        isSortable: true,
        from: 'medium',
        cell: ({ invoice_period: period }) =>
          period ? formatPeriod(period.begin_date, period.end_date_exclusive, ctx) : missingValue(ctx),
      },
      {
        key: 'created_at',
        label: t('invoices.created'),
        isSortable: true,
        from: 'wide',
        card: 'hidden',
        cell: (invoice) => dateValue(invoice.created_at, ctx),
      },
      {
        key: 'actions',
        label: t('invoices.actions'),
        isAtEnd: true,
        card: 'hidden',
        cell: (invoice) =>
          html`<zk-invoice-actions .ctx=${ctx} .api=${this.api} .invoice=${invoice}></zk-invoice-actions>`,
      },
    ];
  }

  /** Loads the page of the list again, keeping its place. */
  refresh(): Promise<void> {
    return this.list.run();
  }

  override render(): unknown {
    const { ctx, list } = this;
    const { t } = ctx.localizer;
    return html`
      ${this.hasPanelFailed ? banner('danger', t('state.error')) : nothing}
      ${listView({
        ctx,
        state: this.state,
        onMove: (part) => this.move(part),
        listing: list.value,
        isPending: list.status === 'pending',
        hasFailed: list.status === 'error',
        failure: failureOf(list.error),
        retry: () => void list.run(),
        table: {
          label: t('invoices.title'),
          columns: this.columns,
          open: (invoice) => this.move({ open: invoice.id }),
        },
        tools: html`<zk-export-menu
          exportparts=${innerParts}
          .ctx=${ctx}
          .api=${this.api}
          .query=${invoicesQuery(this.state)}
          .listing=${list.value}
        ></zk-export-menu>`,
        filters: {
          searchLabel: t('invoices.search'),
          dateLabel: t('invoices.due_date'),
          choices: [
            {
              key: 'status',
              label: t('invoices.status'),
              options: [
                { value: overdueOption, label: t('invoices.status_overdue') },
                ...invoiceStatuses.map((value) => ({ value, label: invoiceStatusWord(value, ctx.localizer) })),
              ],
            },
          ],
        },
        texts: {
          count: (count) => t('invoices.count', { count }),
          empty: { title: t('invoices.empty'), text: t('invoices.empty_text') },
          noMatch: { title: t('invoices.no_match'), text: t('invoices.no_match_text') },
        },
      })}
      ${
        this.state.open
          ? html`<zk-invoice-detail
              exportparts=${innerParts}
              .ctx=${ctx}
              .api=${this.api}
              .invoiceId=${this.state.open}
              .invoiceNumber=${list.value?.results.find(({ id }) => id === this.state.open)?.invoice_number ?? ''}
              @zk-panel-close=${this.handlePanelClose}
            ></zk-invoice-detail>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-invoices-page': ZkInvoicesPage;
  }
}
