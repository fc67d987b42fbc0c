import { tooMany } from './errors.ts';

/** The key or session behind a transfer, and its organisation. */
export interface TransferCaller {
  id: string;
  organisationId: string;
}

/** Bounds the requests that go on for long: downloads and bulk changes. */
export interface TransferLimit {
  /**
   * Takes a place; call what it answers, once, to give it back.
   * @throws HttpError 429 `rate_limited` with Retry-After
   */
  enter(caller: TransferCaller): () => void;
}

/**
 * So many times what one caller may do at once is what all of an organisation may do, and what all may do together: no
 * organisation, nor a customer of one with many sessions, can take every place from the others.
 */
const callersAtOnce = { organisation: 4, together: 8 };

const retryMs = 1000;

export const transferLimit = (atOnce: number): TransferLimit => {
  if (atOnce === 0) {
    return { enter: () => () => undefined };
  }
  const taken = new Map<string, number>();
  const take = (name: string, change: 1 | -1): void => {
    const now = (taken.get(name) ?? 0) + change;
    if (now === 0) {
      taken.delete(name);
    } else {
      taken.set(name, now);
    }
  };
  return {
    enter: ({ id, organisationId }) => {
      const bounds = [
        [`caller ${id}`, atOnce],
        [`organisation ${organisationId}`, atOnce * callersAtOnce.organisation],
        ['together', atOnce * callersAtOnce.together],
      ] as const;
      if (bounds.some(([name, most]) => (taken.get(name) ?? 0) >= most)) {
        throw tooMany('downloads or bulk changes at once', retryMs);
      }
      for (const [name] of bounds) {
        take(name, 1);
      }
      return () => {
        for (const [name] of bounds) {
          take(name, -1);
        }
      };
    },
  };
};
