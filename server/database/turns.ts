import { inTime } from '../in-time.ts';

/** Others take too long. It has PostgreSQL's code for a lock that was not to be had in time. */
class TurnNotHad extends Error {
  readonly code = '55P03';

  constructor() {
    super('Others that write for the same organisation take too long');
  }
}

/**
 * Lets what has the same name be done one after the other in this process. On PostgreSQL's lock alone each would hold a
 * connection while it waits, and few writers of one organisation would take them from all others.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** @throws an error that means a busy database, when the turn has not come in time */
  async take<Result>(name: string, patienceMs: number, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(name);
    const own = Promise.withResolvers<undefined>();
    const all = before === undefined ? own.promise : before.then(() => own.promise);
    this.last.set(name, all);
    void all.then(() => {
      if (this.last.get(name) === all) {
        this.last.delete(name);
      }
    });
    try {
      if (before !== undefined) {
        await inTime(before, patienceMs, () => new TurnNotHad());
      }
      return await work();
    } finally {
      own.resolve(undefined);
    }
  }
}
