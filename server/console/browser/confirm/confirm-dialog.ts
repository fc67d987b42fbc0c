import { css, html, LitElement } from 'lit';
import { property, query } from 'lit/decorators.js';
import { base } from '../../../../widget/src/ui/base.styles.ts';

/** @summary Asks before something that cannot be undone. Cancelling is the easy way out: Escape, and the first focus. */
export class ZkConfirmDialog extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        inline-size: min(440px, calc(100vw - 32px));
        padding: calc(var(--zk-space) * 6);
        border: 1px solid var(--zk-border);
        border-radius: var(--zk-radius);
        background: var(--zk-surface);
        color: var(--zk-text);
        box-shadow: var(--zk-shadow);
      }
      dialog::backdrop {
        background: rgb(10 12 18 / 35%);
      }
      h2 {
        margin-block-end: calc(var(--zk-space) * 2);
        overflow-wrap: anywhere;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: calc(var(--zk-space) * 2);
        margin-block-start: calc(var(--zk-space) * 6);
      }
      .danger {
        border-color: currentColor;
        color: var(--zk-danger-text);
      }
    `,
  ];

  @query('dialog') private dialog!: HTMLDialogElement;

  @property() heading = '';
  @property() text = '';
  @property({ attribute: 'confirm-label' }) confirmLabel = '';
  @property({ attribute: 'cancel-label' }) cancelLabel = '';

  /** Opens the dialog; answers whether it was confirmed. */
  ask(): Promise<boolean> {
    this.dialog.returnValue = '';
    this.dialog.showModal();
    return new Promise((resolve) => {
      this.dialog.addEventListener('close', () => resolve(this.dialog.returnValue === 'confirm'), { once: true });
    });
  }

  override render(): unknown {
    return html`
      <dialog aria-labelledby="heading" aria-describedby="text">
        <h2 id="heading">${this.heading}</h2>
        <p id="text" class="muted">${this.text}</p>
        <form method="dialog" class="buttons">
          <button class="button" value="cancel" autofocus>${this.cancelLabel}</button>
          <button class="button danger" value="confirm">${this.confirmLabel}</button>
        </form>
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-confirm-dialog': ZkConfirmDialog;
  }
}
