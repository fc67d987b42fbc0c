/**
 * Waits for something, but not for longer than `patienceMs`.
 * @throws what `late` makes, when it takes longer; the work goes on, and what becomes of it does not matter
 */
export const inTime = async <Result>(work: Promise<Result>, patienceMs: number, late: () => Error): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, patienceMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};
