/** The customer downloaded the PDF of an invoice. Its code comes with the download buttons, after the first load. */
export class ZenskarInvoiceDownloadEvent extends Event {
  readonly invoiceId: string;

  constructor(invoiceId: string) {
    super('zenskar-invoice-download', { bubbles: true, composed: true });
    this.invoiceId = invoiceId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zenskar-invoice-download': ZenskarInvoiceDownloadEvent;
  }
}
