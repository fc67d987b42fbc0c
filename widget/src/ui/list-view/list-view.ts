import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dataTable } from '../data-table/data-table.ts';
import type { DataTable, Sort } from '../data-table/data-table.ts';
import { isFiltered, noFilter } from '../filter-bar/filter-change-event.ts';
import type { FilterChangeEvent, FilterChoice } from '../filter-bar/filter-change-event.ts';

import { innerParts } from '../inner-parts.ts';
import { emptyState, errorState, noMatchState } from '../states/states.ts';
import type { Failure } from '../states/states.ts';
import type { ViewContext } from '../view-context.ts';
import { firstPage } from './list-state.ts';
import type { ListState } from './list-state.ts';

/** One page of a list as it came. */
export interface Listing<Row> {
  results: readonly Row[];
  next: string | null;
  previous: string | null;
  total_count: number;
}

export interface ListView<Row> {
  ctx: ViewContext;
  state: ListState;
  /** Asks for another place; a part of the state. */
  onMove: (state: Partial<ListState>) => void;
  /** The last page that came, also while the next one is on its way. */
  listing: Listing<Row> | undefined;
  isPending: boolean;
  hasFailed: boolean;
  failure: Failure | null;
  retry: () => void;
  table: Pick<DataTable<Row>, 'label' | 'columns' | 'open'>;
  /** Absent for a list that cannot be narrowed. */
  filters?: { searchLabel: string; dateLabel: string; choices: readonly FilterChoice[] };
  /** What the list can be taken away as; beside the filters. */
  tools?: TemplateResult;
  texts: {
    count: (count: number) => string;
    empty: { title: string; text: string };
    noMatch: { title: string; text: string };
  };
}

/** A filterable, sortable, paged list in all its states. What narrows and pages it is drawn once `define-tools.ts` has been loaded. */
export const listView = <Row>(view: ListView<Row>): TemplateResult => {
  const { ctx, state, listing, onMove } = view;
  const isNarrowed = isFiltered(state.filter);
  const isEmpty = !view.hasFailed && !view.isPending && listing?.total_count === 0 && !isNarrowed;
  return html`
    <h2 class="visually-hidden" tabindex="-1">${view.table.label}</h2>
    ${
      isEmpty || !view.filters
        ? nothing
        : html`<div class="bar">
            <zk-filter-bar
              part="filter-bar"
              exportparts=${innerParts}
              .ctx=${ctx}
              .value=${state.filter}
              .choices=${view.filters.choices}
              .searchLabel=${view.filters.searchLabel}
              .dateLabel=${view.filters.dateLabel}
              @zk-filter-change=${({ value }: FilterChangeEvent) => onMove({ filter: value, ...firstPage })}
            ></zk-filter-bar>
            ${view.tools}
          </div>`
    }
    <zk-list-news .view=${view}></zk-list-news>
    ${content(view, isNarrowed)}
  `;
};

function content<Row>(view: ListView<Row>, isNarrowed: boolean): TemplateResult {
  const { ctx, state, listing, onMove, texts } = view;
  if (view.hasFailed) return errorState({ localizer: ctx.localizer, failure: view.failure, retry: view.retry });
  if (!listing) return html`<zk-outline .ctx=${ctx}></zk-outline>`;
  if (listing.results.length === 0 && !view.isPending) {
    const clear = {
      label: ctx.localizer.t('action.clear_filters'),
      handle: () => onMove({ filter: noFilter, ...firstPage }),
    };
    return isNarrowed ? noMatchState({ ...texts.noMatch, clear }) : emptyState(texts.empty);
  }
  return html`
    ${dataTable({
      ...view.table,
      ctx,
      rows: listing.results,
      sort: state.sort,
      onSort: (sort: Sort) => onMove({ sort, ...firstPage }),
      isBusy: view.isPending,
    })}
    ${listing.results.length === 0 ? nothing : html`<zk-pager exportparts=${innerParts} .view=${view}></zk-pager>`}
  `;
}
