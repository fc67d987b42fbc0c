import type { PortalInvoice } from '#contract/invoices.ts';
import { css, html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { base } from '../ui/base.styles.ts';
import { innerParts } from '../ui/inner-parts.ts';
import type { MenuItem } from '../ui/menu/menu.ts';
import type { MenuSelectEvent } from '../ui/menu/menu-select-event.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { saverIcon, saverWords } from './download-words.ts';
import { downloadsStyles } from './downloads.styles.ts';
import { FileSaver } from './file-saver.ts';
import type { FileSource } from './file-saver.ts';

type Sheet = 'pdfs' | 'statement';

const sheets: Record<Sheet, () => Promise<unknown>> = {
  pdfs: () => import('./define-pdfs.ts'),
  statement: () => import('./define-statement.ts'),
};

/**
 * @summary What a list can be taken away as: all its pages as CSV and, of invoices, their PDFs and a statement of
 * account. The sheets that ask for more are loaded when they are opened.
 */
export class ZkExportMenu extends LitElement {
  static override styles = [
    base,
    downloadsStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      @media print {
        :host {
          display: none !important;
        }
      }
      zk-menu {
        float: inline-end;
      }
      @container (width < 400px) {
        span {
          display: none;
        }
      }
    `,
  ];

  @state() private sheet: Sheet | null = null;
  @state() private hasSheetFailed = false;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: FileSource;
  @property({ attribute: false }) list: 'invoices' | 'payments' | 'entitlements' = 'invoices';
  /** The filters and the order of the list; its cursor and limit are left out. */
  @property({ attribute: false }) query: object = {};
  /** The page that the reader sees, of a list of invoices. */
  @property({ attribute: false }) listing: { results: readonly PortalInvoice[] } | undefined;

  private readonly saver = new FileSaver(this);

  private async handleSelect({ id }: MenuSelectEvent): Promise<void> {
    this.hasSheetFailed = false;
    if (id === 'csv' || id === 'excel') {
      const filters = Object.entries(this.query).filter(([name]) => name !== 'cursor' && name !== 'limit');
      const query = { ...Object.fromEntries(filters), format: id };
      await this.saver.save(this.api, { path: `exports/${this.list}`, query });
      return;
    }
    const sheet = id as Sheet;
    try {
      await sheets[sheet]();
      this.sheet = sheet;
    } catch {
      this.hasSheetFailed = true;
    }
  }

  private async handleClose(event: Event): Promise<void> {
    event.stopPropagation();
    this.sheet = null;
    // While the sheet is there, nothing beside it can have the focus.
    await this.updateComplete;
    this.renderRoot.querySelector('zk-menu')?.focus();
  }

  private get items(): MenuItem[] {
    const t = this.ctx.localizer.in(downloadMessages);
    const isOfInvoices = this.list === 'invoices';
    return [
      { id: 'csv', label: t('export.csv') },
      { id: 'excel', label: t('export.excel') },
      ...(this.listing?.results.length ? [{ id: 'pdfs', label: t('export.pdfs') }] : []),
      ...(isOfInvoices ? [{ id: 'statement', label: t('export.statement'), separated: true }] : []),
    ];
  }

  override render(): unknown {
    const { ctx, api, saver, sheet } = this;
    const t = ctx.localizer.in(downloadMessages);
    const isBusy = saver.status === 'busy';
    const problem = this.hasSheetFailed ? t('download.failed') : '';
    return html`
      <zk-menu
        exportparts="button,popover"
        class=${isBusy ? 'busy' : ''}
        boxed
        label=${t(`export.${this.list}`)}
        .items=${this.items}
        @zk-menu-select=${this.handleSelect}
        >${saverIcon(saver)}<span>${t('export.button')}</span></zk-menu
      >
      ${saverWords(saver, ctx, { problem, isBubble: true })}
      ${
        sheet === 'pdfs'
          ? html`<zk-pdfs-sheet
              exportparts=${innerParts}
              .ctx=${ctx}
              .api=${api}
              .invoices=${this.listing?.results ?? []}
              @zk-panel-close=${this.handleClose}
            ></zk-pdfs-sheet>`
          : nothing
      }
      ${
        sheet === 'statement'
          ? html`<zk-statement-sheet
              exportparts=${innerParts}
              .ctx=${ctx}
              .api=${api}
              @zk-panel-close=${this.handleClose}
            ></zk-statement-sheet>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-export-menu': ZkExportMenu;
  }
}
