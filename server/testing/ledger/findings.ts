import type BetterSqlite from 'better-sqlite3';
import type { Kind, Ledger } from './ledger.ts';

/** What is wrong in a database after a crash; nothing, if all is well. */
export interface Findings {
  /** Acknowledged, and not there. */
  lost: string[];
  /** There without what belongs to it. */
  halfApplied: string[];
  /** Effects of one request that are there more than once. */
  doubled: string[];
  /** What SQLite itself finds. */
  damage: string[];
}

const idsOf: Record<Kind, string> = {
  customer: 'select id from customer',
  invoice: 'select id from invoice',
  'bulk invoice': 'select id from invoice',
  payment: 'select id from payment',
  'credit note': 'select id from credit_note',
  session: 'select id from portal_session',
  'opened session': 'select id from portal_session where opened_at is not null',
  'webhook endpoint': 'select id from webhook_endpoint',
};

/** Each names a way in which a change can be there by half, and finds the records of which that is so. */
const halves: Record<string, string> = {
  'customer without its contact': `select id from customer c where not exists
    (select 1 from contact where customer_id = c.id) and version = 1`,
  'profile whose address is of another edit': `select c.id from customer c join address a on a.customer_id = c.id
    where a.is_default_billing = 1 and a.line1 <> c.customer_name`,
  'invoice whose lines do not add up': `select id from invoice i where invoice_total <>
    (select coalesce(sum(total), 0) from invoice_line_item where invoice_id = i.id)`,
  'payment without all of its parts': `select id from payment p where amount <>
    (select coalesce(sum(amount), 0) from payment_allocation where payment_id = p.id)`,
  'invoice whose paid amount is not that of its payments': `select id from invoice i where paid_amount <>
    (select coalesce(sum(amount), 0) from payment_allocation where invoice_id = i.id)`,
  'invoice whose amount due does not follow': `select id from invoice i where amount_due <> invoice_total - paid_amount -
    (select coalesce(sum(amount), 0) from credit_note where invoice_id = i.id)`,
  'invoice whose status does not follow': `select id from invoice where status <> case
    when amount_due = 0 then 'paid' when paid_amount > 0 then 'partially_paid' else 'approved' end`,
  'session without its token': `select id from portal_session s where not exists
    (select 1 from session_token where session_id = s.id)`,
  'token and session that disagree on being used': `select s.id from portal_session s join session_token t
    on t.session_id = s.id where (s.opened_at is null) <> (t.redeemed_at is null)`,
  'request with more than one entry in the audit': `select request_id from audit_event where request_id is not null
    and action <> 'invoices.bulk_changed' group by request_id having count(*) > 1`,
};

/** Pairs of counts that are equal when each change has its entry in the audit, and each its event in the outbox. */
const pairs: Record<string, [string, string]> = {
  'customers, and their entries in the audit': [
    'select count(*) from customer',
    "select count(*) from audit_event where action = 'customer.created'",
  ],
  'customers, and their events': [
    'select count(*) from customer',
    "select count(*) from webhook_event where type = 'customer.created'",
  ],
  'invoices made one by one, and their entries in the audit': [
    'select count(*) from invoice where external_id is null',
    "select count(*) from audit_event where action = 'invoice.created'",
  ],
  'invoices made in bulk, and what the audit counts': [
    'select count(*) from invoice where external_id is not null',
    `select coalesce(sum(json_extract(detail, '$.created')), 0) from audit_event
      where action = 'invoices.bulk_changed'`,
  ],
  'invoices, and their events': [
    'select count(*) from invoice',
    "select count(*) from webhook_event where type = 'invoice.created'",
  ],
  'payments, and their entries in the audit': [
    'select count(*) from payment',
    "select count(*) from audit_event where action = 'payment.recorded'",
  ],
  'payments, and their events': [
    'select count(*) from payment',
    "select count(*) from webhook_event where type = 'payment.created'",
  ],
  'credit notes, and their entries in the audit': [
    'select count(*) from credit_note',
    "select count(*) from audit_event where action = 'credit_note.issued'",
  ],
  'credit notes, and their events': [
    'select count(*) from credit_note',
    "select count(*) from webhook_event where type = 'invoice.credited'",
  ],
  'edits of profiles, and their entries in the audit': [
    'select coalesce(sum(version - 1), 0) from customer',
    "select count(*) from audit_event where action = 'profile.updated'",
  ],
  'edits of profiles, and their events': [
    'select coalesce(sum(version - 1), 0) from customer',
    "select count(*) from webhook_event where type = 'customer.updated'",
  ],
  'sessions, and their entries in the audit': [
    'select count(*) from portal_session',
    "select count(*) from audit_event where action = 'session.created'",
  ],
  'opened sessions, and their entries in the audit': [
    'select count(*) from portal_session where opened_at is not null',
    "select count(*) from audit_event where action = 'session.opened'",
  ],
  'opened sessions, and their events': [
    'select count(*) from portal_session where opened_at is not null',
    "select count(*) from webhook_event where type = 'session.opened'",
  ],
  'events, and their deliveries': ['select count(*) from webhook_event', 'select count(*) from webhook_delivery'],
};

const marks: Record<string, string> = {
  customers: 'select customer_name from customer',
  invoices: 'select notes from invoice where notes is not null',
  payments: 'select description from payment',
  'credit notes': 'select reason from credit_note',
  sessions: 'select session_key from portal_session',
  'webhook endpoints': 'select url from webhook_endpoint',
};

const column = (sqlite: BetterSqlite.Database, text: string): unknown[] => sqlite.prepare(text).pluck().all();

const lostIn = (sqlite: BetterSqlite.Database, ledger: Ledger): string[] => {
  const present = Object.fromEntries(
    Object.entries(idsOf).map(([kind, text]) => [kind, new Set(column(sqlite, text))]),
  ) as Record<Kind, Set<unknown>>;
  const audited = new Set(column(sqlite, 'select request_id from audit_event'));
  const names = new Map(sqlite.prepare<[], [string, string]>('select id, customer_name from customer').raw().all());
  return [
    ...ledger.entries.flatMap(({ kind, id, requestId }) => [
      ...(present[kind].has(id) ? [] : [`${kind} ${id}`]),
      ...(requestId === null || audited.has(requestId) ? [] : [`the audit entry of ${kind} ${id}`]),
    ]),
    ...[...ledger.names].flatMap(([id, { acknowledged, possible }]) =>
      [acknowledged, ...possible].includes(names.get(id) ?? '') ? [] : [`the name of customer ${id}`],
    ),
  ];
};

const doublesIn = (sqlite: BetterSqlite.Database): string[] =>
  Object.entries(marks).flatMap(([noun, text]) => {
    const found = column(sqlite, text);
    return found.length === new Set(found).size ? [] : [`${found.length - new Set(found).size} ${noun}`];
  });

/** Looks at one moment of a database, also while a server writes on: what is noted in the ledger by then must be there. */
export const inspect = (sqlite: BetterSqlite.Database, ledger: Ledger): Findings =>
  sqlite.transaction(() => ({
    lost: lostIn(sqlite, ledger),
    halfApplied: [
      ...Object.entries(halves).flatMap(([what, text]) => column(sqlite, text).map((id) => `${what}: ${String(id)}`)),
      ...Object.entries(pairs).flatMap(([what, [one, other]]) => {
        const [left] = column(sqlite, one);
        const [right] = column(sqlite, other);
        return left === right ? [] : [`${what}: ${String(left)} and ${String(right)}`];
      }),
    ],
    doubled: doublesIn(sqlite),
    damage: [
      ...column(sqlite, 'pragma integrity_check').filter((line) => line !== 'ok'),
      ...sqlite.prepare('pragma foreign_key_check').all(),
    ].map((line) => JSON.stringify(line)),
  }))();
