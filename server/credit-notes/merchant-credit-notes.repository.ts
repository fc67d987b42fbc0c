import { expressionBuilder } from 'kysely';
import type { CreditNoteOrderField, CreditNotesQuery } from '#contract/merchant-credit-notes.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { CreditNoteTable } from './credit-notes.table.ts';

type CreditNoteField = CreditNotesQuery['conditions'][number]['field'];

const eb = expressionBuilder<Tables, 'credit_note' | 'customer' | 'invoice'>();

const columns: FilterColumns<CreditNoteField> = {
  id: eb.ref('credit_note.id'),
  credit_note_number: eb.ref('credit_note.credit_note_number'),
  customer_id: eb.ref('credit_note.customer_id'),
  customer__external_id: eb.ref('customer.external_id'),
  customer__customer_name: eb.ref('customer.customer_name'),
  invoice_id: eb.ref('credit_note.invoice_id'),
  invoice__external_id: eb.ref('invoice.external_id'),
  invoice__invoice_number: eb.ref('invoice.invoice_number'),
  status: eb.ref('credit_note.status'),
  repayment_method: eb.ref('credit_note.repayment_method'),
  currency: eb.ref('credit_note.currency'),
  amount: eb.ref('credit_note.amount'),
  credits_returned: eb.ref('credit_note.credits_returned'),
  created_at: eb.ref('credit_note.created_at'),
};

const ordering: Ordering<CreditNoteOrderField> = {
  list: 'merchant_credit_notes',
  isAudited: true,
  id: eb.ref('credit_note.id'),
  by: {
    created_at: () => eb.ref('credit_note.created_at'),
    credit_note_number: () => eb.ref('credit_note.credit_note_number'),
    amount: () => eb.ref('credit_note.amount'),
    status: () => eb.ref('credit_note.status'),
  },
};

/** A credit note with what its answers show of the customer and the invoice. */
export type MerchantCreditNoteRow = NonNullable<Awaited<ReturnType<typeof findMerchantCreditNote>>>;

const selectCreditNotes = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('credit_note')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'credit_note.organisation_id')
        .onRef('customer.id', '=', 'credit_note.customer_id'),
    )
    .innerJoin('invoice', (join) =>
      join
        .onRef('invoice.organisation_id', '=', 'credit_note.organisation_id')
        .onRef('invoice.id', '=', 'credit_note.invoice_id'),
    )
    .selectAll('credit_note')
    .select([
      'customer.external_id as customer_external_id',
      'customer.customer_name',
      'invoice.external_id as invoice_external_id',
      'invoice.invoice_number',
    ])
    .where('credit_note.organisation_id', '=', organisationId);

/** @throws HttpError 422 `cursor_invalid` */
export const findMerchantCreditNotePage = (
  db: Db,
  scope: OrganisationScope,
  query: CreditNotesQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<MerchantCreditNoteRow>> =>
  listPage(scope, filtered(selectCreditNotes(db, scope), columns, query.conditions), ordering, query, signingKeys);

export const findMerchantCreditNote = (db: Db, scope: OrganisationScope, id: string) =>
  selectCreditNotes(db, scope).where('credit_note.id', '=', id).executeTakeFirst();

export const insertCreditNote = async (trx: Trx, creditNote: CreditNoteTable): Promise<void> => {
  await trx.insertInto('credit_note').values(creditNote).execute();
};
