import type { ListState } from '../ui/list-view/list-state.ts';
import { initialView, isSection } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** Reads a view from outside: what it does not understand is as at the start. */
export function readView(value: unknown): ViewState {
  const { section, invoices, payments, entitlements } = record(value);
  return {
    section: isSection(section) ? section : null,
    invoices: readList(invoices, initialView.invoices),
    payments: readList(payments, initialView.payments),
    entitlements: { isExpiredOpen: record(entitlements)['isExpiredOpen'] === true },
  };
}

function readList(value: unknown, initial: ListState): ListState {
  const { filter, sort, size, page, cursor, open } = record(value);
  const { search, chosen, from, to } = record(filter);
  const { key, isDescending } = record(sort);
  const hasPlace = typeof cursor === 'string' && Number.isSafeInteger(page) && (page as number) > 0;
  return {
    filter: {
      search: text(search),
      chosen: Object.fromEntries(
        Object.entries(record(chosen)).map(([name, values]) => [name, [values].flat().filter(isText)]),
      ),
      from: day(from),
      to: day(to),
    },
    sort: typeof key === 'string' ? { key, isDescending: isDescending === true } : initial.sort,
    size:
      Number.isSafeInteger(size) && (size as number) > 0 && (size as number) <= 100 ? (size as number) : initial.size,
    page: hasPlace ? (page as number) : 0,
    cursor: hasPlace ? cursor : null,
    open: typeof open === 'string' ? open : null,
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isText = (value: unknown): value is string => typeof value === 'string';
const text = (value: unknown): string => (isText(value) ? value : '');
const day = (value: unknown): string =>
  /^\d{4}-\d\d-\d\d$/.test(text(value)) && !Number.isNaN(Date.parse(text(value))) ? text(value) : '';
