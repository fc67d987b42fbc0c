import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { changeContact, createContact, deleteContact, getContact, listContacts } from './contacts.service.ts';

export const bindContactRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /contacts', ({ query, caller }) => listContacts(dependencies, caller.scope, query));

  read('GET /contacts/:contact_id', ({ params, caller }) => getContact(db, caller.scope, params.contact_id));

  write('POST /contacts', (trx, { body, scope, author }) => createContact(trx, clock, scope, author, body));

  write('PATCH /contacts/:contact_id', (trx, { params, body, scope, author }) =>
    changeContact(trx, clock, scope, author, { id: params.contact_id, patch: body }),
  );

  write('DELETE /contacts/:contact_id', async (trx, { params, scope, author }) => {
    await deleteContact(trx, clock, scope, params.contact_id, author);
    return { id: params.contact_id, deleted: true as const };
  });
};
