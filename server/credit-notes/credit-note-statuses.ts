import type { CreditNoteStatus } from '#contract/credit-notes.ts';

/** In these a credit note lowers what is owed on its invoice. */
export const statusesInEffect = ['issued', 'paid'] as const satisfies CreditNoteStatus[];

export const isInEffect = (status: CreditNoteStatus): boolean => statusesInEffect.some((one) => one === status);
