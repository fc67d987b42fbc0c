import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import type { SessionSeed } from './session-commits.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hourMs = 3_600_000;

interface Head {
  sequence: string;
  hash: string;
}

interface Statement {
  name: string;
  text: string;
}

const statements = {
  addSession: `insert into portal_session (organisation_id, id, customer_id, api_key_id, is_staff_view, return_url, sections,
      read_only, idle_timeout_s, max_age_s, created_at)
    values ($1, $2, $3, $4, 0, 'http://localhost:4999', 'invoices payments entitlements profile', 0, 3600, 43200, $5)`,
  addToken: `insert into session_token (organisation_id, token_hash, session_id, created_at, expires_at)
    values ($1, $2, $3, $4, $5)`,
  useToken: `update session_token set redeemed_at = $1, redeem_nonce_hash = $2
    where organisation_id = $3 and token_hash = $4 and redeemed_at is null and expires_at > $1 returning session_id`,
  openSession: `update portal_session set opened_at = $1, last_active_at = $1, expires_at = $2, origin = 'http://localhost:4999'
    where organisation_id = $3 and id = $4`,
  readHead: `select sequence, hash from audit_head where organisation_id = $1 for update`,
  moveHead: `update audit_head set sequence = $1, hash = $2 where organisation_id = $3`,
  addEntry: `insert into audit_event (organisation_id, sequence, id, created_at, actor_type, actor_id, actor_name, action,
      customer_id, detail, request_id, previous_hash, hash)
    values ($1, $2, $3, $4, 'api_key', $5, 'Benchmark', $6, $7, $8, $3, $9, $10)`,
} as const;

const named = (name: keyof typeof statements): Statement => ({ name, text: statements[name] });

/**
 * The baseline of creating and redeeming a session on PostgreSQL: two durable transactions that write the rows that ours
 * writes, by named prepared statements. The organisation's audit is one chain: whoever writes the next entry holds its head,
 * as briefly as can be, here as in ours. Triggers and foreign keys are off, as `session_replication_role` allows a superuser.
 */
export const barePostgresSessions = (
  connectionString: string,
  { organisationId, customerId, apiKeyId }: SessionSeed,
): { open(): Promise<void>; close(): Promise<void> } => {
  const pool = new pg.Pool({ connectionString, max: 10, options: '-c session_replication_role=replica' });
  // The server may end while a connection is still saying goodbye.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const audit = async (client: pg.PoolClient, action: string, sessionId: string, now: string): Promise<void> => {
    const found = await client.query<Head>({ ...named('readHead'), values: [organisationId] });
    const last = found.rows[0] ?? { sequence: '0', hash: hash('') };
    const detail = JSON.stringify({ session_id: sessionId });
    const next = hash(last.hash + action + detail);
    const sequence = Number(last.sequence) + 1;
    await client.query({
      ...named('addEntry'),
      values: [organisationId, sequence, newId(), now, apiKeyId, action, customerId, detail, last.hash, next],
    });
    await client.query({ ...named('moveHead'), values: [sequence, next, organisationId] });
  };
  const inTransaction = async (work: (client: pg.PoolClient) => Promise<void>): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  return {
    open: async () => {
      const [now, later] = [0, hourMs].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string];
      const tokenHash = hash(randomBytes(32).toString('base64url'));
      const id = newId();
      await inTransaction(async (client) => {
        await client.query({ ...named('addSession'), values: [organisationId, id, customerId, apiKeyId, now] });
        await client.query({ ...named('addToken'), values: [organisationId, tokenHash, id, now, later] });
        await audit(client, 'session.created', id, now);
      });
      await inTransaction(async (client) => {
        await client.query({ ...named('useToken'), values: [now, hash(tokenHash), organisationId, tokenHash] });
        await client.query({ ...named('openSession'), values: [now, later, organisationId, id] });
        await audit(client, 'session.opened', id, now);
      });
    },
    close: () => pool.end(),
  };
};
