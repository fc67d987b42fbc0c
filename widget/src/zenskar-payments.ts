import { html, nothing } from 'lit';
import { SectionElement } from './section-element.ts';
import { banner } from './ui/banner/banner.ts';
import { innerParts } from './ui/inner-parts.ts';
import type { ViewContext } from './ui/view-context.ts';

/**
 * @summary The customer's payments and refunds; an invoice that they paid opens in a panel.
 * @tagname zenskar-payments
 * @csspart panel - The open section.
 * @csspart filter-bar - The search and the filters of a list.
 * @csspart table - A list, and the lines of an invoice.
 * @csspart row - One record of a list.
 * @csspart status - The status of a record.
 * @csspart pager - The way to the other pages of a list.
 * @csspart input - Fields and choices.
 * @csspart popover - Menus and filters.
 * @csspart empty - In place of a list without records.
 * @event zenskar-invoice-open - The details of an invoice were opened.
 * @event zenskar-invoice-download - The PDF of an invoice was downloaded.
 */
export class ZenskarPayments extends SectionElement {
  protected override readonly shown = 'payments';
  private hasDetailFailed = false;

  protected override showInvoice(invoiceId: string): void {
    super.showInvoice(invoiceId);
    this.hasDetailFailed = false;
    import('./invoices/detail/define.ts').catch(() => {
      this.hasDetailFailed = true;
      this.openInvoice('');
    });
  }

  protected override renderPanels(ctx: ViewContext): unknown {
    const { open } = this.current.invoices;
    return html`
      ${this.hasDetailFailed ? banner('danger', ctx.localizer.t('state.error')) : nothing} ${super.renderPanels(ctx)}
      ${
        open && this.isReady
          ? html`<zk-invoice-detail
              exportparts=${innerParts}
              .ctx=${ctx}
              .api=${this.api}
              .invoiceId=${open}
              @zk-panel-close=${() => this.openInvoice('')}
            ></zk-invoice-detail>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-payments': ZenskarPayments;
  }
}
