import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { directionIcon } from './data-table.ts';
import type { DataTable } from './data-table.ts';

/** @summary How a table is sorted, to choose from where it is drawn as cards and has no heads to press. */
export class ZkSortSelect extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        gap: var(--zk-space);
      }
    `,
  ];

  @property({ attribute: false }) table!: DataTable<unknown>;

  override render(): unknown {
    const { ctx, columns, sort, onSort } = this.table;
    const { t } = ctx.localizer;
    const sortable = columns.filter(({ isSortable }) => isSortable);
    if (sortable.length === 0) return nothing;
    const handleKey = (event: Event): void => onSort({ ...sort, key: (event.target as HTMLSelectElement).value });
    const handleDirection = (): void => onSort({ ...sort, isDescending: !sort.isDescending });
    return html`
      <select part="input" class="input" aria-label=${t('table.sort_by')} @change=${handleKey}>
        ${sortable.map(({ key, label }) => html`<option value=${key} ?selected=${key === sort.key}>${label}</option>`)}
      </select>
      <button
        class="icon-button"
        type="button"
        aria-label=${sort.isDescending ? t('table.descending') : t('table.ascending')}
        @click=${handleDirection}
      >
        ${directionIcon(sort)}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-sort-select': ZkSortSelect;
  }
}
