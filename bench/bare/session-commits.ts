import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { openBare } from './open-bare.ts';
import type { Head } from './open-bare.ts';

export interface SessionSeed {
  organisationId: string;
  customerId: string;
  apiKeyId: string;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hourMs = 3_600_000;

/**
 * The baseline of creating and redeeming a session: two durable commits that write the rows that ours writes (session,
 * token, two entries of the audit and twice its head) with prepared statements, into the same tables and indices. No
 * request, no validation, no reading but of the audit's head; no triggers, and no foreign keys to look up.
 */
export const bareSessions = (file: string, { organisationId, customerId, apiKeyId }: SessionSeed): (() => void) => {
  const sqlite = openBare(file);
  const addSession = sqlite.prepare(
    `insert into portal_session (organisation_id, id, customer_id, api_key_id, is_staff_view, return_url, sections, read_only,
       idle_timeout_s, max_age_s, created_at) values (?, ?, ?, ?, 0, 'http://localhost:4999', 'invoices payments entitlements profile', 0, 3600, 43200, ?)`,
  );
  const addToken = sqlite.prepare(
    `insert into session_token (organisation_id, token_hash, session_id, created_at, expires_at) values (?, ?, ?, ?, ?)`,
  );
  const useToken = sqlite.prepare(
    `update session_token set redeemed_at = ?, redeem_nonce_hash = ?
     where organisation_id = ? and token_hash = ? and redeemed_at is null and expires_at > ? returning session_id`,
  );
  const openSession = sqlite.prepare(
    `update portal_session set opened_at = ?, last_active_at = ?, expires_at = ?, origin = 'http://localhost:4999'
     where organisation_id = ? and id = ?`,
  );
  const head = sqlite.prepare<[string], Head>('select sequence, hash from audit_head where organisation_id = ?');
  const moveHead = sqlite.prepare(
    `insert into audit_head (organisation_id, sequence, hash) values (?, ?, ?)
     on conflict (organisation_id) do update set sequence = excluded.sequence, hash = excluded.hash`,
  );
  const addEntry = sqlite.prepare(
    `insert into audit_event (organisation_id, sequence, id, created_at, actor_type, actor_id, actor_name, action,
       customer_id, detail, request_id, previous_hash, hash) values (?, ?, ?, ?, 'api_key', ?, 'Benchmark', ?, ?, ?, ?, ?, ?)`,
  );
  const audit = (action: string, sessionId: string, now: string): void => {
    const last = head.get(organisationId) ?? { sequence: 0, hash: hash('') };
    const detail = JSON.stringify({ session_id: sessionId });
    const next = hash(last.hash + action + detail);
    const id = newId();
    addEntry.run(organisationId, last.sequence + 1, id, now, apiKeyId, action, customerId, detail, id, last.hash, next);
    moveHead.run(organisationId, last.sequence + 1, next);
  };
  const create = sqlite.transaction((sessionId: string, tokenHash: string, now: string, later: string) => {
    addSession.run(organisationId, sessionId, customerId, apiKeyId, now);
    addToken.run(organisationId, tokenHash, sessionId, now, later);
    audit('session.created', sessionId, now);
  });
  const redeem = sqlite.transaction((tokenHash: string, nonceHash: string, now: string, later: string) => {
    const used = useToken.get(now, nonceHash, organisationId, tokenHash, now) as { session_id: string };
    openSession.run(now, now, later, organisationId, used.session_id);
    audit('session.opened', used.session_id, now);
  });
  return () => {
    const [now, later] = [0, hourMs].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string];
    const tokenHash = hash(randomBytes(32).toString('base64url'));
    create.immediate(newId(), tokenHash, now, later);
    redeem.immediate(tokenHash, hash(tokenHash), now, later);
  };
};
