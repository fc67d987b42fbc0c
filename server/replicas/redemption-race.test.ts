import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession } from '../testing/portal-session.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';
import type { Replica, Replicas } from '../testing/replicas.ts';
import { merchantOrigin } from '../testing/test-server.ts';

const redemptions = 500;

describe.runIf(isPostgres)('three servers on one PostgreSQL', () => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await startReplicas(3, { TRUST_PROXY: '1' });
  });
  afterAll(() => replicas.remove());

  it(`let one of ${redemptions} who redeem the same token at once have the session`, async () => {
    const { organisation, all, db } = replicas;
    const customerId = await addCustomer(replicas, organisation.id);
    const created = await createSession(all[0] as Replica, organisation, { customer_id: customerId });
    const body = { session_token: String(created.body['session_token']) };
    const answers = await Promise.all(
      Array.from({ length: redemptions }, (_, place) =>
        (all[place % all.length] as Replica).request('POST', `/portal/${organisation.id}/session/redeem`, {
          // Each from an address of its own: a loser is no attacker to be held up.
          headers: { origin: merchantOrigin, 'x-forwarded-for': `10.1.${place >> 8}.${place & 255}` },
          body: { ...body, redeem_nonce: randomBytes(24).toString('base64url') },
        }),
      ),
    );
    const outcomes = new Map<string, number>();
    for (const { status, body: answer } of answers) {
      const outcome = `${status} ${String(answer['code'])}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    const lost = outcomes.get('401 session_token_invalid') ?? 0;
    // Who has to wait too long for a turn is told to come again, and has nothing.
    const busy = outcomes.get('503 database_busy') ?? 0;
    expect(Object.fromEntries(outcomes)).toMatchObject({ '200 undefined': 1 });
    expect(1 + lost + busy).toBe(redemptions);
    expect(lost).toBeGreaterThan(0);
    const opened = await db.selectFrom('audit_event').select('id').where('action', '=', 'session.opened').execute();
    expect(opened).toHaveLength(1);
  });
});
