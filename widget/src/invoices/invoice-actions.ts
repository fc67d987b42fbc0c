import type { PortalInvoice } from '#contract/invoices.ts';
import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { FileSource } from '../downloads/file-saver.ts';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { base } from '../ui/base.styles.ts';
import { chevronEndIcon, icon } from '../ui/icons/icons.ts';
import type { ViewContext } from '../ui/view-context.ts';

/** @summary What can be done with the invoice of a row: download it, or open it, which is a press on the row; only the
 * download where there is little room. */
export class ZkInvoiceActions extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        margin-block: calc(var(--zk-space) * -1);
        white-space: nowrap;
      }
      .icon-button {
        vertical-align: middle;
      }
      @media print {
        :host {
          display: none !important;
        }
      }
      @container (width < 800px) {
        .icon-button {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: FileSource;
  @property({ attribute: false }) invoice!: PortalInvoice;

  override render(): unknown {
    const { ctx, invoice } = this;
    const { id, invoice_number: number } = invoice;
    const t = ctx.localizer.in(downloadMessages);
    return html`
      <zk-download-button
        .ctx=${ctx}
        .api=${this.api}
        .file=${{ path: 'invoices/:invoice_id/pdf', params: { invoice_id: id } }}
        label=${t('download.invoice', { number })}
      ></zk-download-button>
      <button class="icon-button" type="button" aria-haspopup="dialog" aria-label=${t('download.view', { number })}>
        ${icon(chevronEndIcon, 'directional')}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-invoice-actions': ZkInvoiceActions;
  }
}
