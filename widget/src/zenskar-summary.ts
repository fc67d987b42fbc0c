import { html, nothing } from 'lit';
import { SectionElement } from './section-element.ts';
import type { Outline } from './ui/skeleton/outline.ts';
import { innerParts } from './ui/inner-parts.ts';
import type { ViewContext } from './ui/view-context.ts';

/**
 * @summary What is due, what is overdue, what comes next and what was paid last; each currency for itself.
 * @tagname zenskar-summary
 * @csspart summary - The strip of amounts.
 * @csspart summary-item - One amount of it.
 */
export class ZenskarSummary extends SectionElement {
  protected override readonly shown = 'invoices';

  protected override get outline(): Outline {
    return 'summary';
  }

  protected override renderPanels(ctx: ViewContext): unknown {
    return this.isReady && !this.isOtherCustomer && this.hasInvoices
      ? html`<zk-summary part="summary" exportparts=${innerParts} .ctx=${ctx} .api=${this.api}></zk-summary>`
      : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-summary': ZenskarSummary;
  }
}
