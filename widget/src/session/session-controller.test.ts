import { expect, waitUntil } from '@open-wc/testing';
import { ApiError } from '../api/api-error.ts';
import { endSessions, startSession } from '../testing/started-session.ts';
import { grant, opened, refused, sessionToken } from '../testing/wire.ts';

const summary = 'GET /portal/:organisation_id/summary';

describe('SessionController', () => {
  afterEach(endSessions);

  it('redeems at the organisation that the token names, whatever its secret holds', async () => {
    const { wire, reached } = await startSession({});
    await reached('ready');
    const [call] = await wire.calls('POST session/redeem');
    expect(call?.body).to.have.property('session_token', sessionToken);
    expect((call?.body as { redeem_nonce: string }).redeem_nonce).to.match(/^[\w-]{22,}$/);
  });

  it('asks again with the same nonce when the answer got lost', async () => {
    const { wire, reached } = await startSession({
      'POST session/redeem': [{ drop: true }, { status: 502, body: 'Bad gateway' }, { body: opened() }],
    });
    await reached('ready');
    const nonces = (await wire.calls('POST session/redeem')).map(
      ({ body }) => (body as Record<string, string>)['redeem_nonce'],
    );
    expect(nonces.length).to.be.greaterThan(1);
    expect(new Set(nonces).size).to.equal(1);
  });

  it('renews a token that is close to its end before it is used, once for all calls', async () => {
    const { wire, client, reached } = await startSession({
      'POST session/redeem': [{ body: opened({ expires_in: 4 }) }],
    });
    await reached('ready');
    await Promise.all([client.call(summary), client.call(summary), client.call(summary)]);
    expect(await wire.calls('POST session/renew')).to.have.length(1);
    const tokens = (await wire.calls('GET summary')).map(({ headers }) => headers['authorization']);
    expect(tokens).to.deep.equal(Array(3).fill('Bearer token-2'));
  });

  it('renews by itself in time, and not while its element is out of the page', async () => {
    const short = { 'POST session/redeem': [{ body: opened({ expires_in: 1 }) }] };
    const [kept, removed] = await Promise.all([startSession(short), startSession(short)]);
    await Promise.all([kept.reached('ready'), removed.reached('ready')]);
    removed.leave();
    await waitUntil(async () => (await kept.wire.calls('POST session/renew')).length === 1, 'never renewed');
    expect(await removed.wire.calls('POST session/renew')).to.be.empty;
  });

  it('opens another session and repeats the call when the token has run out on the server', async () => {
    const { wire, client, reached } = await startSession({
      'POST session/redeem': [{ body: opened() }, { body: opened({ access_token: 'token-9' }) }],
      'GET summary': [refused(401, { code: 'access_token_expired' }), { body: { currencies: [] } }],
    });
    await reached('ready');
    expect(await client.call(summary)).to.deep.equal({ currencies: [] });
    const tokens = (await wire.calls('GET summary')).map(({ headers }) => headers['authorization']);
    expect(tokens).to.deep.equal(['Bearer token-1', 'Bearer token-9']);
  });

  it('expires with the reason of the server when there is no way to a new session', async () => {
    const { session, client, reached } = await startSession(
      { 'GET summary': [refused(401, { code: 'session_ended', reason: 'revoked' })] },
      { fetchSession: null, token: sessionToken },
    );
    await reached('ready');
    const error = await client.call(summary).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ApiError);
    expect(session.state).to.deep.equal({ status: 'expired', reason: 'revoked' });
  });

  it('sends no token that is none, such as a placeholder that nobody filled in', async () => {
    const { wire, reached } = await startSession({}, { fetchSession: null, token: '{{ session_token }}' });
    await reached('expired');
    expect(await wire.calls('POST session/redeem')).to.have.length(0);
  });

  it('does not open a new session by itself when nobody used the page until it ran idle', async () => {
    const { wire, session, client, reached } = await startSession({
      'GET summary': [refused(401, { code: 'session_ended', reason: 'idle' })],
    });
    await reached('ready');
    await client.call(summary).catch(() => undefined);
    expect(session.state).to.deep.equal({ status: 'expired', reason: 'idle' });
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it('opens a new session by itself after an idle end when the customer is there', async () => {
    const { session, client, reached } = await startSession({
      'GET summary': [refused(401, { code: 'session_ended', reason: 'idle' }), { body: { currencies: [] } }],
    });
    await reached('ready');
    session.noteUse();
    expect(await client.call(summary)).to.deep.equal({ currencies: [] });
    expect(session.state.status).to.equal('ready');
  });

  it('stays ready while the server cannot be reached, and the call says so', async () => {
    const { session, client, reached } = await startSession({ 'GET summary': [{ drop: true }] });
    await reached('ready');
    const error = (await client.call(summary).catch((thrown: unknown) => thrown)) as ApiError;
    expect([error.code, error.retryable]).to.deep.equal(['network_error', true]);
    expect(session.state.status).to.equal('ready');
  });

  it('takes an answer that is not JSON for a failure', async () => {
    const { client, reached } = await startSession({ 'GET summary': [{ status: 502, body: '<h1>Bad gateway</h1>' }] });
    await reached('ready');
    const error = (await client.call(summary).catch((thrown: unknown) => thrown)) as ApiError;
    expect([error.code, error.status, error.retryable]).to.deep.equal(['response_invalid', 502, true]);
  });

  it("fails when the merchant's fetchSession does, and can be tried again", async () => {
    let attempts = 0;
    const { session, states, reached } = await startSession(
      {},
      {
        fetchSession: async () => {
          attempts += 1;
          if (attempts === 1) throw new Error('Not logged in');
          return { session_token: sessionToken };
        },
      },
    );
    await reached('failed');
    session.reopen();
    await reached('ready');
    expect(states).to.deep.equal(['connecting', 'failed', 'connecting', 'ready']);
  });

  it('keeps its session while its element is moved', async () => {
    const { wire, client, reached, leave, comeBack } = await startSession({});
    await reached('ready');
    leave();
    comeBack();
    await client.call(summary);
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it('forgets everything when the customer signs out', async () => {
    const { wire, session, client, reached } = await startSession({});
    await reached('ready');
    await session.signOut();
    expect(await wire.calls('POST session/end')).to.have.length(1);
    const error = (await client.call(summary).catch((thrown: unknown) => thrown)) as ApiError;
    expect(error.code).to.equal('session_ended');
    expect(session.state).to.deep.equal({ status: 'expired', reason: 'signed_out' });
  });

  it('leaves nothing in any storage', async () => {
    const { reached } = await startSession({ 'POST session/redeem': [{ body: { ...opened(), ...grant() } }] });
    await reached('ready');
    expect([localStorage.length, sessionStorage.length, document.cookie]).to.deep.equal([0, 0, '']);
    expect(await indexedDB.databases()).to.deep.equal([]);
  });
});
