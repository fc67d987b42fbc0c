import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { SectionElement } from './section-element.ts';

/**
 * @summary The customer's invoices: filter, sort, page, open, download.
 * @tagname zenskar-invoices
 * @csspart panel - The open section.
 * @csspart banner - A line over the content: what failed, or has to be put right.
 * @csspart filter-bar - The search and the filters of a list.
 * @csspart table - A list, and the lines of an invoice.
 * @csspart row - One record of a list.
 * @csspart status - The status of a record.
 * @csspart pager - The way to the other pages of a list.
 * @csspart input - Fields and choices.
 * @csspart popover - Menus and filters.
 * @csspart dialog - The panel at the side.
 * @csspart empty - In place of a list without records.
 * @event zenskar-invoice-open - The details of an invoice were opened.
 * @event zenskar-invoice-download - The PDF of an invoice was downloaded.
 */
export class ZenskarInvoices extends SectionElement {
  protected override readonly shown = 'invoices';

  /** Opens this invoice; empty closes it. */
  @property({ attribute: 'invoice-id' }) invoiceId = '';

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('invoiceId') && (this.invoiceId || this.hasUpdated)) this.openInvoice(this.invoiceId);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-invoices': ZenskarInvoices;
  }
}
