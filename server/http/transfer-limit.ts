import { tooMany } from './errors.ts';

/** Bounds the requests that go on for long: downloads and bulk changes. */
export interface TransferLimit {
  /**
   * Takes a place, for one key or session; call what it answers, once, to give it back.
   * @throws HttpError 429 `rate_limited` with Retry-After
   */
  enter(id: string): () => void;
}

/** So many times what one caller may do at once is what all may do together. */
const callersAtOnce = 8;

const retryMs = 1000;

export const transferLimit = (atOnce: number): TransferLimit => {
  if (atOnce === 0) {
    return { enter: () => () => undefined };
  }
  const places = new Map<string, number>();
  let taken = 0;
  return {
    enter: (id) => {
      const own = places.get(id) ?? 0;
      if (own >= atOnce || taken >= atOnce * callersAtOnce) {
        throw tooMany('downloads or bulk changes at once', retryMs);
      }
      places.set(id, own + 1);
      taken += 1;
      return () => {
        const left = (places.get(id) ?? 0) - 1;
        taken -= 1;
        if (left === 0) {
          places.delete(id);
        } else {
          places.set(id, left);
        }
      };
    },
  };
};
