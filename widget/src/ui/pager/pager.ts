import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { chevronEndIcon, chevronStartIcon, icon } from '../icons/icons.ts';
import { firstPage } from '../list-view/list-state.ts';
import type { ListView } from '../list-view/list-view.ts';
import { pagerStyles } from './pager.styles.ts';

const pageSizes = [10, 25, 50, 100] as const;

/** @summary "1–25 of 312", the way to the neighbouring pages, and how many rows a page has. */
export class ZkPager extends LitElement {
  static override styles = [base, pagerStyles];

  /** The list that these are the pages of. */
  @property({ attribute: false }) view!: ListView<unknown>;

  override render(): unknown {
    const { ctx, state, table, listing, onMove, isPending } = this.view;
    const { t } = ctx.localizer;
    const { page, size } = state;
    const { results, next = null, previous = null, total_count: total = 0 } = listing ?? { results: [] };
    const goPrevious = (): void => onMove(page === 1 ? firstPage : { page: page - 1, cursor: previous });
    const goNext = (): void => onMove({ page: page + 1, cursor: next });
    const handleSize = ({ target }: Event): void =>
      onMove({ size: Number((target as HTMLSelectElement).value), ...firstPage });
    const step = (label: string, path: string, handle: (() => void) | null): TemplateResult => html`
      <button class="icon-button" type="button" aria-label=${label} aria-disabled=${!handle} @click=${() => handle?.()}>
        ${icon(path, 'directional')}
      </button>
    `;
    return html`
      <nav
        part="pager"
        class="pager"
        aria-label=${t('filter.selected', { label: t('pager.label'), value: table.label })}
      >
        <label class="muted">
          <span>${t('pager.size')}</span>
          <select part="input" class="input" @change=${handleSize}>
            ${pageSizes.map((rows) => html`<option value=${rows} ?selected=${rows === size}>${rows}</option>`)}
          </select>
        </label>
        <div class="steps">
          <span class="range number">
            ${t('pager.range', {
              first: page * size + 1,
              last: page * size + results.length,
              total,
            })}
          </span>
          ${step(t('pager.previous'), chevronStartIcon, page > 0 && !isPending ? goPrevious : null)}
          ${step(t('pager.next'), chevronEndIcon, next && !isPending ? goNext : null)}
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
