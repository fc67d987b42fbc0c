import type { SvelteHTMLElements } from 'svelte/elements';

type Portal = SvelteHTMLElements['zenskar-portal'];

/** What svelte-check has to refuse; each line without its error fails the check of the types. */
export const refused: Portal[] = [
  // @ts-expect-error no such theme
  { theme: 'pink' },
  // @ts-expect-error no such section
  { section: 'orders' },
  // @ts-expect-error another event's field
  { 'onzenskar-invoice-open': ({ section }) => section },
  // @ts-expect-error a token's name is session_token
  { fetchSession: async () => ({ token: '' }) },
  // @ts-expect-error no such property
  { colour: 'pink' },
];
