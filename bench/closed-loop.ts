import type { Work } from './alternate.ts';

/** Several at once do a piece of work again and again for so long. */
export const inClosedLoop = async (
  ms: number,
  atOnce: number,
  piece: (lane: number) => Promise<void>,
): Promise<Work> => {
  const start = performance.now();
  let completed = 0;
  const lane = async (index: number): Promise<void> => {
    while (performance.now() - start < ms) {
      await piece(index);
      completed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => lane(index)));
  return { completed, elapsedMs: performance.now() - start };
};

const turnMs = 5;

/** The same where the work is done in this process; now and then timers have their turn. */
export const inThisProcess = async (ms: number, piece: () => void): Promise<Work> => {
  const start = performance.now();
  let completed = 0;
  let turnEnds = start + turnMs;
  while (performance.now() - start < ms) {
    piece();
    completed += 1;
    if (performance.now() > turnEnds) {
      await new Promise(setImmediate);
      turnEnds = performance.now() + turnMs;
    }
  }
  return { completed, elapsedMs: performance.now() - start };
};
