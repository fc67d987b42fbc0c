import { css, html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Localizer } from '../../../../widget/src/i18n/localize.ts';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import { checkCircleIcon, icon } from '../../../../widget/src/ui/icons/icons.ts';
import { liveRegion } from '../../../../widget/src/ui/live-region/live-region.ts';
import { consoleMessages } from '../console.en.ts';
import { copyIcon } from '../icons.ts';

const shownMs = 2000;

/** @summary A few lines of code with a button that copies them. */
export class ZkSnippet extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: flex-start;
        container-type: inline-size;
        border: 1px solid var(--zk-border);
        border-radius: var(--zk-radius);
        background: color-mix(in srgb, var(--zk-text) 3%, var(--zk-surface));
      }
      .snippet {
        display: flex;
        flex: 1;
        align-items: flex-start;
        min-inline-size: 0;
      }
      pre {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        padding: calc(var(--zk-space) * 3) calc(var(--zk-space) * 4);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
        font-size: calc(12.5em / 14);
        line-height: 1.6;
        text-align: start;
        direction: ltr;
      }
      .button {
        flex: none;
        margin: calc(var(--zk-space) * 1.5);
      }
      @container (width < 560px) {
        .snippet {
          flex-direction: column-reverse;
          align-items: stretch;
        }
        .button {
          align-self: flex-end;
          margin-block-end: 0;
        }
      }
    `,
  ];

  @state() private isCopied = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  @property({ attribute: false }) localizer!: Localizer;
  @property({ attribute: false }) code = '';
  /** The accessible name of the button. */
  @property() label = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async handleCopy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.code);
    } catch {
      this.selectCode();
      return;
    }
    this.isCopied = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isCopied = false), shownMs);
  }

  private selectCode(): void {
    const code = this.renderRoot.querySelector('code');
    if (code) getSelection()?.selectAllChildren(code);
  }

  override render(): unknown {
    const t = this.localizer.in(consoleMessages);
    return html`
      <div class="snippet">
        <pre><code>${this.code}</code></pre>
        <button class="button" type="button" aria-label=${this.label} @click=${this.handleCopy}>
          ${icon(this.isCopied ? checkCircleIcon : copyIcon)}${t(this.isCopied ? 'action.copied' : 'action.copy')}
        </button>
      </div>
      ${liveRegion(this.isCopied ? t('action.copied') : '')}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-snippet': ZkSnippet;
  }
}
