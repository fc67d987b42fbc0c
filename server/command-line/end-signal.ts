const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** npm passes Ctrl-C on to a process to which the terminal has sent it already. */
const echoMs = 200;

/** Aborted by the first SIGINT or SIGTERM. A second one ends the process at once, with the exit code of a killed one. */
export const endSignal = (): AbortSignal => {
  const asked = new AbortController();
  let askedAt = 0;
  const handle = (signal: keyof typeof exitCodes): void => {
    const now = performance.now();
    if (!asked.signal.aborted) {
      askedAt = now;
      asked.abort();
    } else if (signal === 'SIGTERM' || now - askedAt > echoMs) {
      process.exit(exitCodes[signal]);
    }
  };
  process.on('SIGINT', handle).on('SIGTERM', handle);
  return asked.signal;
};

/** Calls `close` when the process is asked to end, or now if it was asked already. */
export const closeAtEnd = (asked: AbortSignal, close: () => Promise<void>): void => {
  const end = (): void => {
    close().catch((error: unknown) => {
      process.stderr.write(`The end was not clean: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
  };
  if (asked.aborted) {
    end();
  } else {
    asked.addEventListener('abort', end);
  }
};
