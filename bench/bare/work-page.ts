import { html, LitElement } from 'lit';

interface BareInvoice {
  id: string;
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

/** The baseline: 100 rows that can be sorted and filtered by the server, beside another tab, and nothing else. */
class BareWork extends LitElement {
  private rows: BareInvoice[] = [];
  private order = '-created_at';
  private status = '';
  private tab = 'invoices';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const response = await fetch(`/rows?order=${this.order}&status=${this.status}`);
    this.rows = ((await response.json()) as { results: BareInvoice[] }).results;
    this.requestUpdate();
  }

  private sort(): void {
    this.order = this.order === 'invoice_total' ? '-invoice_total' : 'invoice_total';
    void this.load();
  }

  private filter({ target }: Event): void {
    this.status = (target as HTMLInputElement).checked ? 'paid' : '';
    void this.load();
  }

  private open(tab: string): void {
    this.tab = tab;
    this.requestUpdate();
  }

  override render(): unknown {
    return html`
      <button id="invoices" @click=${() => this.open('invoices')}>Invoices</button>
      <button id="payments" @click=${() => this.open('payments')}>Payments</button>
      <div ?hidden=${this.tab !== 'invoices'}>
        <input type="checkbox" value="paid" @change=${this.filter} />
        <table>
          <thead>
            <tr>
              <th><button id="sort" @click=${this.sort}>Invoice total</button></th>
            </tr>
          </thead>
          <tbody>
            ${this.rows.map(
              (row) =>
                html`<tr>
                  <td class="name">${row.invoice_number}</td>
                  <td>${row.status}</td>
                  <td>${row.invoice_total / 100} ${row.currency}</td>
                  <td>${row.due_date}</td>
                  <td>${row.amount_due / 100} ${row.currency}</td>
                  <td>${row.period_begin} – ${row.period_end_exclusive}</td>
                  <td>${row.created_at}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div ?hidden=${this.tab !== 'payments'}>No payments yet</div>
    `;
  }
}

customElements.define('bare-work', BareWork);
