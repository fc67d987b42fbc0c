import type { Sort } from '../data-table/data-table.ts';
import { noFilter } from '../filter-bar/filter-change-event.ts';
import type { FilterValue } from '../filter-bar/filter-change-event.ts';

/** Where the reader is in a list. Plain data: `JSON.parse(JSON.stringify(state))` is the same place. */
export interface ListState {
  filter: FilterValue;
  sort: Sort;
  /** Rows a page. */
  size: number;
  /** Pages before this one, and the server's mark for where this one begins; null on the first. */
  page: number;
  cursor: string | null;
  /** Id of the row whose details are open. */
  open: string | null;
}

export const firstPage = { page: 0, cursor: null };

export const listState = (sort: Sort): ListState => ({
  filter: noFilter,
  sort,
  size: 25,
  ...firstPage,
  open: null,
});

/** The query parameters that every list shares. */
export const listParameters = ({
  sort,
  size,
  cursor,
}: ListState): { order: string; limit: number; cursor?: string } => ({
  order: `${sort.isDescending ? '-' : ''}${sort.key}`,
  limit: size,
  ...(cursor ? { cursor } : {}),
});

/** A page moved to another place by itself. Not sent when somebody sets its `state`. */
export class StateChangeEvent extends Event {
  constructor() {
    super('zk-state-change');
  }
}

/** The reader asks for an invoice's details from outside the list of invoices. */
export class InvoiceRequestEvent extends Event {
  readonly invoiceId: string;

  constructor(invoiceId: string) {
    super('zk-invoice-request', { bubbles: true, composed: true });
    this.invoiceId = invoiceId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zk-state-change': StateChangeEvent;
    'zk-invoice-request': InvoiceRequestEvent;
  }
}
