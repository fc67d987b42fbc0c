import { expect, waitUntil } from '@open-wc/testing';
import { ApiError } from '../api/api-error.ts';
import { endSessions, startSession } from '../testing/started-session.ts';
import { opened, portalSession, refused, sessionToken } from '../testing/wire.ts';

const summary = 'GET /portal/:organisation_id/summary';
const dayMs = 86_400_000;
const { now } = Date;

const setHidden = (isHidden: boolean): void => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
};
const setClock = (offMs: number): void => {
  Date.now = () => now() + offMs;
};
const comeBack = (): boolean => dispatchEvent(new Event('online'));
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : String(error));

/** So short that every call asks for a renewal first, and the session renews by itself before the test is over. */
const shortLived = { 'POST session/redeem': [{ body: opened({ expires_in: 4 }) }] };

describe('SessionController under fault', () => {
  afterEach(() => {
    endSessions();
    Reflect.deleteProperty(document, 'hidden');
    Date.now = now;
  });

  it('loses three renewals in a row and goes on with the fourth, without a word', async () => {
    const { wire, client, states, reached } = await startSession({
      ...shortLived,
      'POST session/renew': [
        { drop: true },
        { status: 502, body: 'Bad gateway' },
        refused(503, { code: 'database_busy', retryable: true }),
        { body: { access_token: 'token-2', expires_in: 300, session_expires_in: 3600 } },
      ],
    });
    await reached('ready');
    await client.call(summary);
    await waitUntil(async () => (await wire.calls('POST session/renew')).length >= 4, 'gave up', { timeout: 4000 });
    await waitUntil(async () => {
      await client.call(summary);
      return (await wire.calls('GET summary')).at(-1)?.headers['authorization'] === 'Bearer token-2';
    });
    expect(states).to.deep.equal(['connecting', 'ready']);
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it('waits with the next renewal for as long as the server asks', async () => {
    const { wire, client, reached } = await startSession({
      ...shortLived,
      'POST session/renew': [
        { ...refused(429, { code: 'rate_limited', retryable: true }), retryAfter: 1 },
        { body: { access_token: 'token-2', expires_in: 300, session_expires_in: 3600 } },
      ],
    });
    await reached('ready');
    await client.call(summary);
    const refusedAtMs = performance.now();
    await waitUntil(async () => (await wire.calls('POST session/renew')).length === 2, 'never again', {
      timeout: 3000,
    });
    expect(performance.now() - refusedAtMs).to.be.greaterThan(950);
  });

  it('does not keep the customer waiting where the server asks for an hour', async () => {
    const { wire, session, reached } = await startSession({
      'POST session/redeem': [{ ...refused(429, { code: 'rate_limited', retryable: true }), retryAfter: 3600 }],
    });
    await reached('failed');
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
    expect(session.state.status === 'failed' && session.state.error.code).to.equal('rate_limited');
  });

  it('opens another session where every renewal got lost until the token had run out', async () => {
    const { wire, client, states, reached } = await startSession({
      'POST session/redeem': [{ body: opened({ expires_in: 1 }) }, { body: opened({ access_token: 'token-9' }) }],
      'POST session/renew': [{ drop: true }],
    });
    await reached('ready');
    await waitUntil(async () => (await wire.calls('POST session/renew')).length > 0);
    await waitUntil(async () => {
      await client.call(summary).catch(() => undefined);
      return (await wire.calls('GET summary')).at(-1)?.headers['authorization'] === 'Bearer token-9';
    });
    expect(states).not.to.include('expired').and.not.to.include('failed');
  });

  it('asks for a session once, however many ask for it', async () => {
    const answer = Promise.withResolvers<{ session_token: string }>();
    let flights = 0;
    const { session, client, reached } = await startSession(
      {},
      {
        fetchSession: () => {
          flights += 1;
          return answer.promise;
        },
      },
    );
    const calls = Array.from({ length: 20 }, () => client.call(summary));
    for (let turn = 0; turn < 20; turn += 1) comeBack();
    setHidden(true);
    setHidden(false);
    session.reopen();
    answer.resolve({ session_token: sessionToken });
    await Promise.all(calls);
    await reached('ready');
    expect(flights).to.equal(1);
  });

  for (const [what, wakeUp] of [
    ['the network is back', comeBack],
    ['the page is shown', () => setHidden(false)],
    ["the page comes out of the browser's memory", () => dispatchEvent(new PageTransitionEvent('pageshow'))],
  ] as const) {
    it(`fetches a session anew after a sleep in which its clock stood still, when ${what}`, async () => {
      const { wire, states, client, reached } = await startSession({
        'POST session/redeem': [{ body: opened() }, { body: opened({ access_token: 'token-9' }) }],
        'POST session/renew': [refused(401, { code: 'access_token_expired', retryable: true })],
      });
      await reached('ready');
      setClock(dayMs / 3);
      wakeUp();
      await waitUntil(async () => (await wire.calls('POST session/redeem')).length === 2, 'never fetched anew');
      await client.call(summary);
      expect((await wire.calls('GET summary'))[0]?.headers['authorization']).to.equal('Bearer token-9');
      expect(new Set(states)).to.deep.equal(new Set(['connecting', 'ready']));
    });
  }

  for (const offMs of [dayMs, -dayMs]) {
    it(`keeps its session when the device's clock is put ${offMs > 0 ? 'on' : 'back'} by a day`, async () => {
      const { wire, states, client, reached } = await startSession({});
      await reached('ready');
      setClock(offMs);
      comeBack();
      await client.call(summary);
      expect(states).to.deep.equal(['connecting', 'ready']);
      expect(await wire.calls('POST session/redeem')).to.have.length(1);
      expect((await wire.calls('POST session/renew')).length).to.be.at.most(1);
    });
  }

  it('waits with a new session until somebody looks, and never calls that expired', async () => {
    const { wire, states, client, reached } = await startSession({
      'GET summary': [refused(401, { code: 'session_ended', reason: 'idle' }), { body: { currencies: [] } }],
    });
    await reached('ready');
    setHidden(true);
    await client.call(summary).catch(() => undefined);
    comeBack();
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
    setHidden(false);
    await reached('ready');
    expect(await client.call(summary)).to.deep.equal({ currencies: [] });
    expect(states).to.deep.equal(['connecting', 'ready', 'connecting', 'ready']);
    expect(await wire.calls('POST session/redeem')).to.have.length(2);
  });

  it('says idle when somebody looks, where the page has no other session', async () => {
    const { session, client, states, reached } = await startSession(
      { 'GET summary': [refused(401, { code: 'session_ended', reason: 'idle' })] },
      { fetchSession: null, token: sessionToken },
    );
    await reached('ready');
    setHidden(true);
    await client.call(summary).catch(() => undefined);
    expect(states).not.to.include('expired');
    setHidden(false);
    await reached('expired');
    expect(session.state).to.deep.equal({ status: 'expired', reason: 'idle' });
  });

  it('stays signed out when the answer to an older call says that the session has ended', async () => {
    const { wire, session, client, reached } = await startSession({
      'GET summary': [refused(401, { code: 'session_ended', reason: 'signed_out' })],
    });
    await reached('ready');
    const call = client.call(summary);
    const signedOut = session.signOut();
    expect(await call.catch(codeOf)).to.equal('session_ended');
    await signedOut;
    expect(session.state).to.deep.equal({ status: 'expired', reason: 'signed_out' });
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it("never sends one customer's change again in the session of another one", async () => {
    const other = portalSession({ customer: { id: 'b2000000-0000-4000-8000-000000000002', name: 'Tidepool Labs' } });
    const { wire, client, reached } = await startSession({
      'POST session/redeem': [{ body: opened() }, { body: opened({ session: other, access_token: 'token-9' }) }],
      'PATCH profile': [refused(401, { code: 'session_ended', reason: 'revoked' }), { body: {}, etag: '"2"' }],
    });
    await reached('ready');
    const change = client.call('PATCH /portal/:organisation_id/profile', { body: { phone_number: '+45 33 12 34 56' } });
    expect(await change.catch(codeOf)).to.equal('session_ended');
    expect(await wire.calls('PATCH profile')).to.have.length(1);
  });

  it('tells the end once, however many calls meet it', async () => {
    const ended = refused(401, { code: 'session_ended', reason: 'revoked' });
    const { client, states, reached } = await startSession(
      { 'GET summary': [ended], 'GET invoices': [ended], 'GET payments': [ended] },
      { fetchSession: null, token: sessionToken },
    );
    await reached('ready');
    await Promise.allSettled([
      client.call(summary),
      client.call('GET /portal/:organisation_id/invoices'),
      client.call('GET /portal/:organisation_id/payments'),
    ]);
    expect(states).to.deep.equal(['connecting', 'ready', 'expired']);
  });
});
