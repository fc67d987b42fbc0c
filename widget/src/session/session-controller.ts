import type { AccessGrant, OpenedSession, PortalSession } from '#contract/sessions.ts';
import { ApiError } from '../api/api-error.ts';
import { PortalClient } from '../api/portal-client.ts';
import type { CustomerToken, TokenSource } from '../api/portal-client.ts';
import { portalApi } from '../api/portal-api.ts';
import type { PortalApi } from '../api/portal-api.ts';
import { preloadedApi } from '../api/preloaded-api.ts';
import { send } from '../api/send.ts';
import { initialInvoicesState, invoicesQuery } from '../invoices/invoices-state.ts';
import { backOffMs } from './back-off.ts';
import { embedSource } from './session-source.ts';
import type { FetchSession, SessionSource } from './session-source.ts';
import type { SessionState } from './session-state.ts';

/** An access token in memory. Times are `performance.now()` at the answer's arrival plus what the server said. */
interface Grant extends CustomerToken {
  renewAtMs: number;
  /** `renewAtMs` by the device's clock, which goes on where the other one stands still: while the device sleeps. */
  renewAtWallMs: number;
  expiresAtMs: number;
  /** The session ends with this token, so that renewing would gain nothing. */
  isLast: boolean;
}

/** A token this close to its end is renewed before it is used. */
const marginMs = 5_000;
const missingSourceMs = 10_000;
const noSource = 'Set fetchSession or session-token';
const endings = ['session_ended', 'session_token_invalid', 'access_token_invalid', 'access_token_expired'];

/** The page may have stood still until then. */
const wakers = ['visibilitychange', 'online', 'pageshow'];

/** How a page comes to a session: one of the three. Its `fetchSession` is asked for when it is needed. */
interface SessionWay {
  apiUrl: string;
  sessionToken: string;
  fetchSession: FetchSession | null;
  sessionSource: SessionSource | null;
}

/** What shows a session. */
export interface SessionMember {
  /** The session is somewhere else, or another one. */
  sessionChanged(state: SessionState): void;
}

/**
 * Opens a session, keeps its access token fresh and tells its members where it is. Everything is in memory. At most one
 * exchange is under way, for all members together; timers run while a member is in the document, and one that comes back
 * goes on with the session.
 */
export class SessionController implements TokenSource {
  /** Kept when the session has expired, so that what was typed is there when the customer goes on. */
  portal: PortalSession | null = null;

  /** How it was opened; what brought it may have another function to fetch a session by now. */
  private way: SessionWay = { apiUrl: '', sessionToken: '', fetchSession: null, sessionSource: null };

  /** Calls in the name of this session's customer. */
  api: PortalApi = this.apiWith(null);

  private current: SessionState = { status: 'connecting' };
  private source: SessionSource | undefined;
  private grant: Grant | undefined;
  private flight: Promise<Grant> | undefined;
  private life = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failedRenewals = 0;
  /** The customer has used the page since the session was opened. */
  private isUsed = false;
  /** Why the session ended while nobody could see it; a new one waits for somebody to look. */
  private unseenEnd: ApiError | undefined;

  private readonly members = new Set<SessionMember>();

  get state(): SessionState {
    return this.current;
  }

  /** Another session can be asked for without loading the page again. */
  get hasWay(): boolean {
    return Boolean(this.way.sessionSource ?? this.way.fetchSession);
  }

  /** A member that is in the document. */
  join(member: SessionMember): void {
    this.members.add(member);
    if (this.members.size > 1) return;
    for (const name of wakers) addEventListener(name, this.wake);
    if (!this.source) this.timer = setTimeout(() => this.failWithoutSource(), missingSourceMs);
    else if (this.grant) this.schedule();
    else if (this.current.status === 'connecting') void this.open().catch(ignore);
  }

  leave(member: SessionMember): void {
    this.members.delete(member);
    if (this.isConnected) return;
    for (const name of wakers) removeEventListener(name, this.wake);
    clearTimeout(this.timer);
  }

  private get isConnected(): boolean {
    return this.members.size > 0;
  }

  /** Forgets any session and opens one in this way. */
  use(way: SessionWay): void {
    const { apiUrl, sessionToken, sessionSource } = way;
    this.forget();
    this.way = {
      apiUrl,
      sessionToken,
      sessionSource,
      get fetchSession() {
        return way.fetchSession;
      },
    };
    this.source = sessionSource ?? embedSource(this.way);
    this.api = this.apiWith(null);
    this.reopen();
  }

  /** Whether this session, which goes on, was opened in the same way. Another token may be another customer's. */
  isOpenedBy(way: SessionWay): boolean {
    const name = way.sessionToken ? 'sessionToken' : way.sessionSource ? 'sessionSource' : 'fetchSession';
    const isGoingOn = this.current.status !== 'expired';
    return isGoingOn && way.apiUrl === this.way.apiUrl && !!way[name] && way[name] === this.way[name];
  }

  private apiWith(preload: OpenedSession['preload']): PortalApi {
    const api = this.source?.api ?? portalApi(new PortalClient(this.way.apiUrl, this));
    return preload ? preloadedApi(api, preload, invoicesQuery(initialInvoicesState)) : api;
  }

  /** Opens a session because the customer asks for it. */
  reopen(): void {
    this.change({ status: 'connecting' });
    if (this.isConnected) void this.open().catch(ignore);
  }

  /** The customer has another name now. */
  rename(name: string): void {
    if (this.portal) this.portal = { ...this.portal, customer: { ...this.portal.customer, name } };
    for (const member of this.members) member.sessionChanged(this.current);
  }

  /** The customer touched the page: should the session run idle, a new one may be opened without asking. */
  noteUse(): void {
    this.isUsed = true;
  }

  async token(): Promise<Grant> {
    const { grant } = this;
    if (this.current.status === 'expired') throw new ApiError('session_ended', 'The session has ended');
    if (!grant || performance.now() >= grant.expiresAtMs) return this.open();
    return performance.now() < grant.expiresAtMs - marginMs || grant.isLast ? grant : this.renew(grant);
  }

  async replace(refused: CustomerToken, refusal: ApiError): Promise<CustomerToken> {
    if (this.current.status === 'expired') throw refusal;
    if (!this.grant || this.grant === refused) await this.fly((signal) => this.openAfter(refusal, signal));
    const token = await this.token();
    if (token.customerId !== refused.customerId) throw refusal;
    return token;
  }

  /** Ends the session on the server and forgets it. What the server answers changes nothing here. */
  async signOut(): Promise<void> {
    const { grant } = this;
    this.forget();
    this.portal = null;
    this.change({ status: 'expired', reason: 'signed_out' });
    if (grant) await this.post<unknown>(grant, 'end').catch(ignore);
  }

  private readonly wake = (): void => {
    if (document.hidden) return;
    const { current, grant, unseenEnd } = this;
    const isStuck = current.status === 'failed' && current.error.retryable;
    const isDue = !grant || performance.now() >= grant.renewAtMs || Date.now() >= grant.renewAtWallMs;
    if (unseenEnd) void this.fly((signal) => this.openFrom(unseenEnd, signal)).catch(ignore);
    else if (isStuck) this.reopen();
    else if (current.status === 'ready' && isDue) void this.keepAlive();
  };

  /** Renews a token in time. A token that ran out where nobody looks waits for somebody to look. */
  private async keepAlive(): Promise<void> {
    const { grant } = this;
    const isAlive = grant && performance.now() < grant.expiresAtMs;
    if (!isAlive && document.hidden) return;
    await (isAlive ? this.renew(grant) : this.open()).catch(ignore);
  }

  private renew(grant: Grant): Promise<Grant> {
    return this.fly(async (signal) => {
      try {
        const renewed = await this.post<AccessGrant>(grant, 'renew', signal);
        return this.keep(renewed, grant);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401) return this.openAfter(error, signal);
        this.failedRenewals += 1;
        if (performance.now() >= grant.expiresAtMs) throw error;
        this.schedule(error.retryAfterMs);
        return grant;
      }
    });
  }

  private open(): Promise<Grant> {
    return this.fly((signal) => this.openFrom(null, signal));
  }

  private async openAfter(refusal: ApiError, signal: AbortSignal): Promise<Grant> {
    this.grant = undefined;
    if (refusal.reason === 'idle' && (document.hidden || !this.isUsed)) {
      this.unseenEnd = document.hidden ? refusal : undefined;
      this.change(document.hidden ? { status: 'connecting' } : { status: 'expired', reason: 'idle' });
      throw refusal;
    }
    return this.openFrom(refusal, signal);
  }

  private async openFrom(refusal: ApiError | null, signal: AbortSignal): Promise<Grant> {
    this.grant = undefined;
    this.unseenEnd = undefined;
    try {
      if (!this.source) throw new ApiError('session_source_missing', noSource);
      const opened: OpenedSession = await this.source.open(signal);
      signal.throwIfAborted();
      this.isUsed = false;
      const { organisation, customer } = opened.session;
      const grant = this.keep(opened, { organisationId: organisation.id, customerId: customer.id });
      if (!this.portal) this.api = this.apiWith(opened.preload);
      this.portal = opened.session;
      this.change({ status: 'ready', opened });
      return grant;
    } catch (cause) {
      signal.throwIfAborted();
      const error = cause instanceof ApiError ? cause : new ApiError('fetch_session_failed', 'No session', { cause });
      this.settleFailure(error, refusal);
      throw error;
    }
  }

  /** A lost connection leaves a ready portal where it is: its calls fail and can be retried. */
  private settleFailure(error: ApiError, refusal: ApiError | null): void {
    const hadSession = this.current.status !== 'connecting';
    if (hadSession && error.retryable && this.current.status === 'ready') return;
    if (hadSession || endings.includes(error.code)) {
      this.change({ status: 'expired', reason: refusal?.reason ?? error.reason });
    } else {
      this.change({ status: 'failed', error });
    }
  }

  private keep(answer: AccessGrant, { organisationId, customerId }: Omit<CustomerToken, 'accessToken'>): Grant {
    const nowMs = performance.now();
    const lifeMs = answer.expires_in * 1000;
    const isLast = answer.session_expires_in <= answer.expires_in;
    const renewInMs = lifeMs * (isLast ? 1 : 0.7 + Math.random() / 10);
    this.failedRenewals = 0;
    this.grant = {
      accessToken: answer.access_token,
      organisationId,
      customerId,
      renewAtMs: nowMs + renewInMs,
      renewAtWallMs: Date.now() + renewInMs,
      expiresAtMs: nowMs + lifeMs,
      isLast,
    };
    this.schedule();
    return this.grant;
  }

  private schedule(leastMs = 0): void {
    clearTimeout(this.timer);
    if (!this.isConnected || !this.grant) return;
    const dueInMs = Math.max(0, this.grant.renewAtMs - performance.now());
    const delayMs = this.failedRenewals ? Math.max(leastMs, backOffMs(this.failedRenewals)) : dueInMs;
    this.timer = setTimeout(() => void this.keepAlive(), delayMs);
  }

  private fly(work: (signal: AbortSignal) => Promise<Grant>): Promise<Grant> {
    if (this.flight) return this.flight;
    const { signal } = this.life;
    const flight = work(signal).finally(() => {
      if (this.flight === flight) this.flight = undefined;
    });
    this.flight = flight;
    return flight;
  }

  private async post<Body>(grant: Grant, action: 'renew' | 'end', signal?: AbortSignal): Promise<Body> {
    const { body } = await send<Body>({
      method: 'POST',
      url: `${this.way.apiUrl}/portal/${grant.organisationId}/session/${action}`,
      body: {},
      headers: { authorization: `Bearer ${grant.accessToken}` },
      signal,
      timeoutMs: 10_000,
    });
    return body;
  }

  private failWithoutSource(): void {
    if (this.source) return;
    this.change({ status: 'failed', error: new ApiError('session_source_missing', noSource) });
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.life.abort();
    this.life = new AbortController();
    this.flight = undefined;
    this.grant = undefined;
    this.unseenEnd = undefined;
  }

  private change(state: SessionState): void {
    this.current = state;
    for (const member of this.members) member.sessionChanged(state);
  }
}

/** For exchanges whose outcome is in `state`. */
const ignore = (): void => undefined;
