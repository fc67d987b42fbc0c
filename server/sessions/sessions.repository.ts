import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { expressionBuilder } from 'kysely';
import type { ListOf } from '#contract/primitives.ts';
import { compileOnce, slot } from '../database/compile-once.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { rowInserter } from '../database/insert-rows.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import { lastChange } from '../database/last-change.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { PortalSessionTable, SessionTokenTable } from './sessions.table.ts';

const insertSessions = rowInserter<PortalSessionTable>('portal_session', [
  'organisation_id',
  'id',
  'customer_id',
  'api_key_id',
  'staff_id',
  'is_staff_view',
  'return_url',
  'sections',
  'read_only',
  'locale',
  'session_key',
  'required_origin',
  'idle_timeout_s',
  'max_age_s',
  'created_at',
  'opened_at',
  'last_active_at',
  'expires_at',
  'origin',
  'cookie_hash',
  'ended_at',
  'end_reason',
]);

export const insertSession = (trx: Trx, session: PortalSessionTable): Promise<void> => insertSessions(trx, [session]);

const insertTokens = rowInserter<SessionTokenTable>('session_token', [
  'organisation_id',
  'token_hash',
  'session_id',
  'created_at',
  'expires_at',
  'redeemed_at',
  'redeem_nonce_hash',
]);

export const insertSessionToken = (trx: Trx, token: SessionTokenTable): Promise<void> => insertTokens(trx, [token]);

const useToken = compileOnce((db) =>
  db
    .updateTable('session_token')
    .set({ redeemed_at: slot<string>('now'), redeem_nonce_hash: slot<string>('nonceHash') })
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('token_hash', '=', slot<string>('tokenHash'))
    .where('redeemed_at', 'is', null)
    .where('expires_at', '>', slot<string>('now'))
    .returning('session_id'),
);

/** Uses the token up, if it is still good, and answers its session's id: one statement, so that only one caller wins. */
export const redeemSessionToken = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  { tokenHash, nonceHash, now }: { tokenHash: string; nonceHash: string; now: string },
): Promise<string | undefined> => (await useToken(trx, { organisationId, tokenHash, nonceHash, now }))[0]?.session_id;

const findToken = compileOnce((db) =>
  db
    .selectFrom('session_token')
    .selectAll()
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('token_hash', '=', slot<string>('tokenHash')),
);

export const findSessionToken = async (
  db: Db,
  { organisationId }: OrganisationScope,
  tokenHash: string,
): Promise<SessionTokenTable | undefined> => (await findToken(db, { organisationId, tokenHash }))[0];

/** A session with the names that go with it. */
export interface SessionRow extends PortalSessionTable {
  customer_name: string;
  customer_deleted_at: string | null;
  organisation_name: string;
  time_zone: string;
  staff_name: string | null;
  /** Whether the origin that redeemed it is still one of the organisation's. */
  is_origin_allowed: number;
  /** See `PortalCaller`. */
  last_change: string;
  last_own_change: string | null;
  last_general_change: string | null;
}

/** A session as it is opened; what else a request would need to know of it has changed by that. */
export type OpenedRow = Omit<
  SessionRow,
  'is_origin_allowed' | 'last_change' | 'last_own_change' | 'last_general_change'
>;

/** The hash of the organisation's last entry of this kind, null where there is none. */
const lastChangeOf = (whose: RawBuilder<boolean>): RawBuilder<string | null> =>
  sql<string | null>`(select entry.hash from audit_event as entry
    where entry.organisation_id = session.organisation_id and ${whose} order by entry.sequence desc limit 1)`;

const selectSessions = (db: Db) =>
  db
    .selectFrom('portal_session as session')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'session.organisation_id')
        .onRef('customer.id', '=', 'session.customer_id'),
    )
    .innerJoin('organisation', 'organisation.id', 'session.organisation_id')
    .leftJoin('staff', (join) =>
      join.onRef('staff.organisation_id', '=', 'session.organisation_id').onRef('staff.id', '=', 'session.staff_id'),
    )
    .selectAll('session')
    .select((eb) => [
      'customer.customer_name',
      'customer.deleted_at as customer_deleted_at',
      'organisation.name as organisation_name',
      eb.fn.coalesce('customer.time_zone', 'organisation.time_zone').as('time_zone'),
      'staff.name as staff_name',
      sql<number>`exists ${eb
        .selectFrom('allowed_origin')
        .select('allowed_origin.origin')
        .whereRef('allowed_origin.organisation_id', '=', 'session.organisation_id')
        .whereRef('allowed_origin.origin', '=', 'session.origin')}`.as('is_origin_allowed'),
      lastChange(eb.ref('session.organisation_id')).as('last_change'),
      lastChangeOf(sql`entry.customer_id = session.customer_id`).as('last_own_change'),
      lastChangeOf(sql`entry.customer_id is null`).as('last_general_change'),
    ]);

const findSessionById = compileOnce((db) =>
  selectSessions(db)
    .where('session.organisation_id', '=', slot<string>('organisationId'))
    .where('session.id', '=', slot<string>('id')),
);

export const findSession = async (
  db: Db,
  { organisationId }: OrganisationScope,
  id: string,
): Promise<SessionRow | undefined> => (await findSessionById(db, { organisationId, id }))[0];

/** The hosted page's cookie alone says whose session it is. */
export const findSessionByCookie = (db: Db, cookieHash: string): Promise<SessionRow | undefined> =>
  selectSessions(db).where('session.cookie_hash', '=', cookieHash).executeTakeFirst();

/** What opening a session sets. */
export type OpenedColumns = Pick<
  PortalSessionTable,
  'opened_at' | 'last_active_at' | 'expires_at' | 'origin' | 'cookie_hash'
>;

const setOpened = compileOnce((db) =>
  db
    .updateTable('portal_session')
    .set({
      opened_at: slot<string | null>('opened_at'),
      last_active_at: slot<string | null>('last_active_at'),
      expires_at: slot<string | null>('expires_at'),
      origin: slot<string | null>('origin'),
      cookie_hash: slot<string | null>('cookie_hash'),
    })
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('id', '=', slot<string>('id')),
);

export const updateSessionOpened = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  opened: OpenedColumns,
): Promise<void> => {
  await setOpened(trx, { ...opened, organisationId, id });
};

export const updateSessionCookie = async (
  trx: Trx,
  scope: OrganisationScope,
  id: string,
  cookieHash: string,
): Promise<void> => {
  await trx
    .updateTable('portal_session')
    .set({ cookie_hash: cookieHash })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .execute();
};

export const updateSessionActive = async (
  trx: Trx,
  scope: OrganisationScope,
  id: string,
  at: string,
): Promise<void> => {
  await trx
    .updateTable('portal_session')
    .set({ last_active_at: at })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .where('last_active_at', '<', at)
    .execute();
};

/** Which sessions to end: by id, by customer, by the key that made them, or the views that a staff member has open. */
export type SessionSelection =
  { id: string } | { customer_id: string } | { api_key_id: string } | { staff_id: string; is_staff_view: 1 };

/** Ends those that have not ended yet, pending ones included; answers them as they are now. */
export const updateSessionsEnded = (
  trx: Trx,
  scope: OrganisationScope,
  selection: SessionSelection,
  ended: { at: string; reason: string },
): Promise<PortalSessionTable[]> =>
  trx
    .updateTable('portal_session')
    .set({ ended_at: ended.at, end_reason: ended.reason })
    .where('organisation_id', '=', scope.organisationId)
    .where('ended_at', 'is', null)
    .where((eb) => eb.and(selection))
    .returningAll()
    .execute();

export interface SessionListRow extends PortalSessionTable {
  api_key_name: string | null;
  staff_name: string | null;
  token_expires_at: string | null;
}

const eb = expressionBuilder<Tables & { session: PortalSessionTable }, 'session'>();

const ordering: Ordering<'created_at'> = {
  list: 'sessions',
  id: eb.ref('session.id'),
  by: { created_at: () => eb.ref('session.created_at') },
};

/** @throws HttpError 422 `cursor_invalid` */
export const findSessionPage = (
  db: Db,
  scope: CustomerScope,
  page: PageQuery<'created_at'>,
  signingKeys: SigningKeys,
): Promise<ListOf<SessionListRow>> => {
  const query = db
    .selectFrom('portal_session as session')
    .leftJoin('api_key', (join) =>
      join
        .onRef('api_key.organisation_id', '=', 'session.organisation_id')
        .onRef('api_key.id', '=', 'session.api_key_id'),
    )
    .leftJoin('staff', (join) =>
      join.onRef('staff.organisation_id', '=', 'session.organisation_id').onRef('staff.id', '=', 'session.staff_id'),
    )
    .selectAll('session')
    .select((eb) => [
      'api_key.name as api_key_name',
      'staff.name as staff_name',
      eb
        .selectFrom('session_token')
        .select((token) => token.fn.max('session_token.expires_at').as('expires_at'))
        .whereRef('session_token.organisation_id', '=', 'session.organisation_id')
        .whereRef('session_token.session_id', '=', 'session.id')
        .as('token_expires_at'),
    ])
    .where('session.organisation_id', '=', scope.organisationId)
    .where('session.customer_id', '=', scope.customerId);
  return listPage(scope, query, ordering, page, signingKeys);
};
