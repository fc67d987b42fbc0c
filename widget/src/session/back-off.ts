const firstMs = 500;
const longestMs = 30_000;

/** How long to wait after the `failures`th failure in a row, with jitter. */
export const backOffMs = (failures: number): number =>
  Math.min(longestMs, firstMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);

/** Waits, `leastMs` at least; an abort of `signal` ends it with the signal's reason. */
export const backOff = (failures: number, leastMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(leastMs, backOffMs(failures)));
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
