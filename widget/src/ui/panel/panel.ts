import { html, LitElement } from 'lit';
import { property, query } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { crossIcon, icon } from '../icons/icons.ts';
import { panelStyles } from './panel.styles.ts';

/** A `zk-panel` was closed by Escape, its button or a press beside it. */
export class PanelCloseEvent extends Event {
  constructor() {
    super('zk-panel-close', { bubbles: true, composed: true });
  }
}

/**
 * @summary A modal detail panel: at the side of a wide window, a full sheet in a narrow one. Closing gives the focus back
 * to what had it.
 * @slot - The content.
 * @slot heading-end - Beside the heading, for a status.
 * @event zk-panel-close - It was closed. Set `open` to false.
 */
export class ZkPanel extends LitElement {
  static override styles = [base, panelStyles];

  @query('dialog') private dialog!: HTMLDialogElement;

  @property({ type: Boolean }) open = false;
  @property() heading = '';
  @property({ attribute: 'close-label' }) closeLabel = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Out of the page a dialog stays open but is no longer modal: it is opened anew where it comes back. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.dialog.open = false;
  }

  override updated(): void {
    if (this.open === this.dialog.open) return;
    if (this.open) this.show();
    else this.dialog.close();
  }

  /** By `autofocus` it would begin there too, but in a frame browsers complain of that. */
  private show(): void {
    this.dialog.showModal();
    this.dialog.querySelector('h2')?.focus();
  }

  private handleClose(): void {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new PanelCloseEvent());
  }

  private handlePress(event: Event): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  override render(): unknown {
    return html`
      <dialog part="dialog" aria-labelledby="heading" @close=${this.handleClose} @pointerdown=${this.handlePress}>
        <div class="sheet">
          <div class="head">
            <h2 id="heading" tabindex="-1">${this.heading}</h2>
            <slot name="heading-end"></slot>
            <button class="icon-button" type="button" aria-label=${this.closeLabel} @click=${() => this.dialog.close()}>
              ${icon(crossIcon)}
            </button>
          </div>
          <div class="content"><slot></slot></div>
        </div>
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-panel': ZkPanel;
  }
  interface HTMLElementEventMap {
    'zk-panel-close': PanelCloseEvent;
  }
}
