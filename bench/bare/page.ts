import { html, LitElement } from 'lit';

interface BareInvoice {
  invoice_number: string;
  status: string;
  currency: string;
  invoice_total: number;
  amount_due: number;
  due_date: string;
  period_begin: string;
  period_end_exclusive: string;
  created_at: string;
}

/** The baseline: fetches the same rows and draws them, and nothing else. */
class BareInvoices extends LitElement {
  private rows: BareInvoice[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const response = await fetch('/rows');
    this.rows = ((await response.json()) as { results: BareInvoice[] }).results;
    this.requestUpdate();
  }

  override render(): unknown {
    return html`<table>
      <tbody>
        ${this.rows.map(
          (row) =>
            html`<tr>
              <td>${row.invoice_number}</td>
              <td>${row.status}</td>
              <td>${row.invoice_total / 100} ${row.currency}</td>
              <td>${row.due_date}</td>
              <td>${row.amount_due / 100} ${row.currency}</td>
              <td>${row.period_begin} – ${row.period_end_exclusive}</td>
              <td>${row.created_at}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define('bare-invoices', BareInvoices);
