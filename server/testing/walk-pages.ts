import type { PortalClient } from './portal-session.ts';

interface Page {
  results: { id: string }[];
  next: string | null;
  previous: string | null;
  total_count: number;
}

const read = async (portal: Pick<PortalClient, 'get'>, path: string, cursor: string | null): Promise<Page> => {
  const separator = path.includes('?') ? '&' : '?';
  const { status, body, text } = await portal.get(
    cursor === null ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`,
  );
  if (status !== 200) {
    throw new Error(`${path} answered ${status} ${text}`);
  }
  return body as unknown as Page;
};

/** Pages through a list to its end and back again; answers the ids in the order of the list, both times. */
export const walkPages = async (
  portal: Pick<PortalClient, 'get'>,
  path: string,
): Promise<{ forwards: string[]; backwards: string[]; totals: number[]; isFirstAgain: boolean }> => {
  const first = await read(portal, path, null);
  const pages = [first];
  let page = first;
  while (page.next !== null) {
    page = await read(portal, path, page.next);
    pages.push(page);
  }
  const back = [page];
  while (page.previous !== null) {
    page = await read(portal, path, page.previous);
    back.unshift(page);
  }
  const ids = (all: Page[]): string[] => all.flatMap(({ results }) => results.map(({ id }) => id));
  return {
    forwards: ids(pages),
    backwards: ids(back),
    totals: [...new Set(pages.concat(back).map((one) => one.total_count))],
    isFirstAgain: JSON.stringify(page.results) === JSON.stringify(first.results) && first.previous === null,
  };
};
