import type { PortalInvoice } from '#contract/invoices.ts';
import { html, LitElement } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { formatMoney } from '../format/money.ts';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { base } from '../ui/base.styles.ts';
import { PanelCloseEvent } from '../ui/panel/panel.ts';
import { dateValue } from '../ui/value/value.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { saverIcon, saverWords } from './download-words.ts';
import { downloadsStyles } from './downloads.styles.ts';
import { FileSaver } from './file-saver.ts';
import type { FileSource } from './file-saver.ts';
import { sheetStyles } from './sheet.styles.ts';

/**
 * @summary Chooses invoices of the page that the reader was on, and downloads their PDFs in one zip file.
 * @event zk-panel-close - The reader is done.
 */
export class ZkPdfsSheet extends LitElement {
  static override styles = [base, downloadsStyles, sheetStyles];

  @state() private chosen: ReadonlySet<string> = new Set();

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: FileSource;
  @property({ attribute: false }) invoices: readonly PortalInvoice[] = [];

  private readonly saver = new FileSaver(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('invoices')) this.chosen = new Set(this.invoices.map(({ id }) => id));
  }

  private handleAll({ target }: Event): void {
    this.chosen = new Set((target as HTMLInputElement).checked ? this.invoices.map(({ id }) => id) : []);
  }

  private handleOne(id: string, { target }: Event): void {
    const others = [...this.chosen].filter((other) => other !== id);
    this.chosen = new Set((target as HTMLInputElement).checked ? [...others, id] : others);
  }

  private async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const ids = this.invoices.map(({ id }) => id).filter((id) => this.chosen.has(id));
    if (ids.length === 0) return;
    const isSaved = await this.saver.save(this.api, {
      path: 'exports/invoice_pdfs',
      query: { id__in: ids.join(',') },
    });
    if (isSaved) this.dispatchEvent(new PanelCloseEvent());
  }

  override render(): unknown {
    const { ctx, saver, chosen } = this;
    const t = ctx.localizer.in(downloadMessages);
    const isBusy = saver.status === 'busy';
    const isAll = chosen.size === this.invoices.length;
    return html`
      <zk-panel exportparts="dialog" open heading=${t('pdfs.title')} close-label=${t('export.close')}>
        <form @submit=${this.handleSubmit}>
          <p class="muted">${t('pdfs.text')}</p>
          <ul>
            <li class="line">
              <label>
                <input
                  type="checkbox"
                  .checked=${isAll}
                  .indeterminate=${chosen.size > 0 && !isAll}
                  @change=${this.handleAll}
                />${t('pdfs.all')}
              </label>
            </li>
            ${this.invoices.map((invoice) => this.renderLine(invoice))}
          </ul>
          ${saverWords(saver, ctx)}
          <button
            part="primary-button"
            class="button primary ${isBusy ? 'busy' : ''}"
            aria-disabled=${isBusy || chosen.size === 0}
          >
            ${saverIcon(saver)}${t('pdfs.download', { count: chosen.size })}
          </button>
        </form>
      </zk-panel>
    `;
  }

  private renderLine(invoice: PortalInvoice): TemplateResult {
    const { ctx } = this;
    return html`
      <li class="line">
        <label>
          <input
            type="checkbox"
            .checked=${this.chosen.has(invoice.id)}
            @change=${(event: Event) => this.handleOne(invoice.id, event)}
          />${invoice.invoice_number}
          <span class="muted">${dateValue(invoice.created_at, ctx)}</span>
          <span class="amount number">${formatMoney(invoice.invoice_total, invoice.currency, ctx.locale)}</span>
        </label>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-pdfs-sheet': ZkPdfsSheet;
  }
}
