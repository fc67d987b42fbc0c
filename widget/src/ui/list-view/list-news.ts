import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { liveRegion } from '../live-region/live-region.ts';
import type { Listing, ListView } from './list-view.ts';

/** @summary Says to those who do not see it what a list shows now. */
export class ZkListNews extends LitElement {
  static override styles = base;

  @property({ attribute: false }) view!: ListView<unknown>;

  override render(): unknown {
    const { view } = this;
    return liveRegion(view.isPending || view.hasFailed || !view.listing ? '' : announcement(view, view.listing));
  }
}

/** "312 invoices, Due date: Descending"; from the second page on, which of them: "26–50 of 312". */
function announcement({ ctx, state, table, texts }: ListView<unknown>, listing: Listing<unknown>): string {
  const { t } = ctx.localizer;
  const { total_count: total, results } = listing;
  const before = state.page * state.size;
  const order = t(state.sort.isDescending ? 'table.descending' : 'table.ascending');
  const sorted = table.columns.find(({ key }) => key === state.sort.key && total > 1);
  return [
    before > 0 ? t('pager.range', { first: before + 1, last: before + results.length, total }) : texts.count(total),
    ...(sorted ? [t('filter.selected', { label: sorted.label, value: order })] : []),
  ].join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-list-news': ZkListNews;
  }
}
