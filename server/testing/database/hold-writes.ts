import { openDatabase } from '../../database/open.ts';
import { acrossOrganisations } from '../../database/organisation-context.ts';
import { transact } from '../../database/transaction.ts';

/** Another program in the midst of a write, for whom all others have to wait. */
export interface Writer {
  /** Ends the write, which has changed nothing. */
  release(): Promise<void>;
}

export const holdWrites = async (databaseUrl: string): Promise<Writer> => {
  const db = openDatabase(databaseUrl);
  const begun = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const writing = acrossOrganisations(() =>
    transact(db, () => {
      begun.resolve(undefined);
      return released.promise;
    }),
  );
  await Promise.race([begun.promise, writing]);
  return {
    release: async () => {
      released.resolve(undefined);
      await writing;
      await db.destroy();
    },
  };
};
