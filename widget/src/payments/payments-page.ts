import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { paymentsMessages } from '../i18n/payments.en.ts';
import { innerParts } from '../ui/inner-parts.ts';
import { firstPage, InvoiceRequestEvent, StateChangeEvent } from '../ui/list-view/list-state.ts';
import type { ListState } from '../ui/list-view/list-state.ts';
import { listView } from '../ui/list-view/list-view.ts';
import { listViewStyles } from '../ui/list-view/list-view.styles.ts';
import { paymentStatusWord, paymentTypeWord } from '../ui/payment-words/payment-words.ts';
import { failureOf } from '../ui/states/states.ts';
import { Task } from '../ui/task/task.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { paymentColumns, receiptColumn } from './payment-columns.ts';
import { initialPaymentsState, paymentsQuery } from './payments-state.ts';

const types = ['payment', 'refund', 'payment_reversal', 'tax_withheld'];
const statuses = ['success', 'in_progress', 'requires_action', 'failed', 'partially_refunded', 'refunded', 'canceled'];

/**
 * @summary The customer's payments and refunds: filter, sort and page.
 * @event zk-state-change - The reader moved; read `state`.
 * @event zk-invoice-request - The reader wants to see the invoice `event.invoiceId`.
 */
export class ZkPaymentsPage extends LitElement {
  static override styles = [
    ...listViewStyles,
    css`
      .note {
        display: block;
        font-size: calc(12em / 14);
      }
      .invoices {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0 calc(var(--zk-space) * 2);
      }
      .invoices .link {
        min-block-size: 24px;
      }
      @container (width >= 940px) {
        .description {
          min-inline-size: 20ch;
        }
        .invoices {
          min-inline-size: 11ch;
        }
      }
      @container (width < 680px) {
        tbody td {
          overflow-wrap: anywhere;
        }
      }
      @container (width >= 680px) {
        .method {
          display: inline-block;
          min-inline-size: 14ch;
        }
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'listPayments' | 'getFile'>;
  @property({ attribute: false }) state: ListState = initialPaymentsState;
  /** Invoices cannot be shown: their numbers are only text. */
  @property({ attribute: false }) unlinked = false;

  private readonly list = new Task(this, {
    task: ([api, query], { signal }) => api.listPayments(JSON.parse(query), signal),
    args: () => [this.api, JSON.stringify(paymentsQuery(this.state))] as const,
    onError: (error) => {
      if (failureOf(error)?.code === 'cursor_invalid') this.move(firstPage);
    },
  });

  private move(part: Partial<ListState>): void {
    this.state = { ...this.state, ...part };
    this.dispatchEvent(new StateChangeEvent());
  }

  /** Loads the page of the list again, keeping its place. */
  refresh(): Promise<void> {
    return this.list.run();
  }

  override render(): unknown {
    const { ctx, list } = this;
    const t = ctx.localizer.in(paymentsMessages);
    return listView({
      ctx,
      state: this.state,
      onMove: (part) => this.move(part),
      listing: list.value,
      isPending: list.status === 'pending',
      hasFailed: list.status === 'error',
      failure: failureOf(list.error),
      retry: () => void list.run(),
      table: {
        label: t('payments.title'),
        columns: [
          ...paymentColumns(
            ctx,
            this.unlinked ? null : (invoiceId) => this.dispatchEvent(new InvoiceRequestEvent(invoiceId)),
          ),
          receiptColumn(ctx, this.api),
        ],
      },
      tools: html`<zk-export-menu
        exportparts=${innerParts}
        .ctx=${ctx}
        .api=${this.api}
        .list=${'payments'}
        .query=${paymentsQuery(this.state)}
      ></zk-export-menu>`,
      filters: {
        searchLabel: t('payments.search'),
        dateLabel: t('payments.date'),
        choices: [
          {
            key: 'type',
            label: t('payments.type'),
            options: types.map((value) => ({ value, label: paymentTypeWord(value, ctx.localizer) })),
          },
          {
            key: 'status',
            label: t('payments.status'),
            options: statuses.map((value) => ({ value, label: paymentStatusWord(value, ctx.localizer) })),
          },
        ],
      },
      texts: {
        count: (count) => t('payments.count', { count }),
        empty: { title: t('payments.empty'), text: t('payments.empty_text') },
        noMatch: { title: t('payments.no_match'), text: t('payments.no_match_text') },
      },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-payments-page': ZkPaymentsPage;
  }
}
