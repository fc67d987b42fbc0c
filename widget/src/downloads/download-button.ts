import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../ui/base.styles.ts';
import { alertIcon, icon } from '../ui/icons/icons.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { saverIcon, saverWords } from './download-words.ts';
import { downloadsStyles } from './downloads.styles.ts';
import { FileSaver } from './file-saver.ts';
import type { FileSource, WantedFile } from './file-saver.ts';
import { ZenskarInvoiceDownloadEvent } from './invoice-download-event.ts';

/**
 * @summary A button that downloads one file, and says when that fails.
 * @event zenskar-invoice-download - The PDF of an invoice was handed to the browser.
 */
export class ZkDownloadButton extends LitElement {
  static override styles = [
    base,
    downloadsStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
        vertical-align: middle;
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: FileSource;
  @property({ attribute: false }) file!: WantedFile;
  /** The accessible name; it has to contain `text`. */
  @property() label = '';
  /** What the button shows beside its icon; empty for the icon alone. */
  @property() text = '';

  private readonly saver = new FileSaver(this);

  private async handleClick(event: Event): Promise<void> {
    // A press anywhere else on the row opens it.
    event.stopPropagation();
    const { api, file, saver } = this;
    const invoiceId = file.params?.['invoice_id'];
    if ((await saver.save(api, file)) && invoiceId) this.dispatchEvent(new ZenskarInvoiceDownloadEvent(invoiceId));
  }

  override render(): unknown {
    const { ctx, saver, text, label } = this;
    const isBusy = saver.status === 'busy';
    return html`
      <button
        part=${text ? 'button' : nothing}
        class="${text ? 'button' : 'icon-button'} ${isBusy ? 'busy' : ''}"
        type="button"
        aria-label=${label}
        title=${text ? nothing : label}
        aria-disabled=${isBusy}
        @click=${this.handleClick}
      >
        ${saver.status === 'failed' ? icon(alertIcon) : saverIcon(saver)}${text}
      </button>
      ${saverWords(saver, ctx, { isBubble: true })}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-download-button': ZkDownloadButton;
  }
}
