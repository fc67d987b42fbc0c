import { audit, commandLine } from '../../audit/audit.service.ts';
import { transact } from '../../database/transaction.ts';
import { inOrganisation } from '../../database/organisation-context.ts';
import type { CustomerScope } from '../../scope.ts';
import type { TestServer } from '../test-server.ts';

/** The entry that goes with a change: what a test writes into a table by itself has none. */
export const noteChange = (
  { db, clock }: Pick<TestServer, 'db' | 'clock'>,
  { organisationId, customerId }: CustomerScope,
): Promise<void> =>
  inOrganisation(organisationId, () =>
    transact(db, (trx) =>
      audit(trx, clock, { organisationId }, { actor: commandLine, action: 'invoice.created', customerId }),
    ),
  );
