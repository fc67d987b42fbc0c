import type { Section } from '#contract/sessions.ts';
import type { EntitlementsState } from '../entitlements/entitlements-page.ts';
import { initialInvoicesState } from '../invoices/invoices-state.ts';
import { initialPaymentsState } from '../payments/payments-state.ts';
import type { ListState } from '../ui/list-view/list-state.ts';

/**
 * Where the customer is: section, filters, sort, page and open invoice. Plain data; a page may keep it, for example in
 * the hash of its address, and set it again. A cursor in it is good for as long as the server knows it.
 */
export interface ViewState {
  /** Null: the first section that the session may see. */
  section: Section | null;
  invoices: ListState;
  payments: ListState;
  entitlements: EntitlementsState;
}

export const initialView: ViewState = {
  section: null,
  invoices: initialInvoicesState,
  payments: initialPaymentsState,
  entitlements: { isExpiredOpen: false },
};

export const allSections = ['invoices', 'payments', 'entitlements', 'profile'] as const satisfies readonly Section[];

export const isSection = (value: unknown): value is Section => (allSections as readonly unknown[]).includes(value);

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
      from: text(from),
      to: text(to),
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
