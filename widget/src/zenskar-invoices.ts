import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { SectionElement } from './section-element.ts';

/**
 * @summary The customer's invoices: filter, sort, page, open, download.
 * @tagname zenskar-invoices
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
