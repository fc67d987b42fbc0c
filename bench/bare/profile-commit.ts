import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { openBare } from './open-bare.ts';
import type { Head } from './open-bare.ts';

/**
 * The baseline of editing a profile: one durable commit that changes the customer and writes the entry of the audit, as
 * ours does, with prepared statements. No request, no validation, no triggers, no foreign keys.
 */
export const bareProfileEdits = (
  file: string,
  organisationId: string,
  customerIds: readonly string[],
): (() => void) => {
  const sqlite = openBare(file);
  const update = sqlite.prepare(
    `update customer set phone_number = ?, version = version + 1, updated_at = ? where organisation_id = ? and id = ?`,
  );
  const head = sqlite.prepare<[string], Head>('select sequence, hash from audit_head where organisation_id = ?');
  const moveHead = sqlite.prepare('update audit_head set sequence = ?, hash = ? where organisation_id = ?');
  const addEntry = sqlite.prepare(
    `insert into audit_event (organisation_id, sequence, id, created_at, actor_type, actor_id, actor_name, action,
       customer_id, detail, request_id, previous_hash, hash)
     values (?, ?, ?, ?, 'customer', ?, 'Customer', 'profile.updated', ?, '{"fields":["phone_number"]}', ?, ?, ?)`,
  );
  let turn = 0;
  const edit = sqlite.transaction(() => {
    turn += 1;
    const now = new Date().toISOString();
    const customerId = customerIds[turn % customerIds.length];
    const last = head.get(organisationId) ?? { sequence: 0, hash: '0'.repeat(64) };
    const next = createHash('sha256')
      .update(last.hash + now)
      .digest('hex');
    update.run(`+49 30 ${1000 + turn}`, now, organisationId, customerId);
    const id = newId();
    addEntry.run(organisationId, last.sequence + 1, id, now, customerId, customerId, id, last.hash, next);
    moveHead.run(last.sequence + 1, next, organisationId);
  });
  return () => {
    edit.immediate();
  };
};
