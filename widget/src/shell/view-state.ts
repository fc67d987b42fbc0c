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
