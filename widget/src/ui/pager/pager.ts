import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { chevronEndIcon, chevronStartIcon, icon } from '../icons/icons.ts';
import type { ViewContext } from '../view-context.ts';
import { pagerStyles } from './pager.styles.ts';

export const pageSizes = [10, 25, 50, 100] as const;

/** Where the reader is in a list, and where to go from here. */
export interface Pages {
  /** What the pages are of: there may be several lists on the merchant's page. */
  label: string;
  /** Number of the first row shown, from 1. */
  first: number;
  shown: number;
  total: number;
  size: number;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onSize: (size: number) => void;
}

/** @summary "1–25 of 312", the way to the neighbouring pages, and how many rows a page has. */
export class ZkPager extends LitElement {
  static override styles = [base, pagerStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) pages!: Pages;

  override render(): unknown {
    const { pages } = this;
    const { t } = this.ctx.localizer;
    const handleSize = (event: Event): void => pages.onSize(Number((event.target as HTMLSelectElement).value));
    const step = (label: string, path: string, handle: (() => void) | null): TemplateResult => html`
      <button class="icon-button" type="button" aria-label=${label} aria-disabled=${!handle} @click=${() => handle?.()}>
        ${icon(path, 'directional')}
      </button>
    `;
    return html`
      <nav
        part="pager"
        class="pager"
        aria-label=${t('filter.selected', { label: t('pager.label'), value: pages.label })}
      >
        <label class="muted">
          <span>${t('pager.size')}</span>
          <select part="input" class="input" @change=${handleSize}>
            ${pageSizes.map((size) => html`<option value=${size} ?selected=${size === pages.size}>${size}</option>`)}
          </select>
        </label>
        <div class="steps">
          <span class="range number">
            ${t('pager.range', {
              first: pages.first,
              last: pages.first + pages.shown - 1,
              total: pages.total,
            })}
          </span>
          ${step(t('pager.previous'), chevronStartIcon, pages.onPrevious)}
          ${step(t('pager.next'), chevronEndIcon, pages.onNext)}
        </div>
      </nav>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-pager': ZkPager;
  }
}
