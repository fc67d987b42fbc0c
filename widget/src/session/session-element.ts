import type { OpenedSession, PortalSession, Section } from '#contract/sessions.ts';
import { LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { PortalClient } from '../api/portal-client.ts';
import { portalApi } from '../api/portal-api.ts';
import type { PortalApi } from '../api/portal-api.ts';
import { preloadedApi } from '../api/preloaded-api.ts';
import { ZenskarErrorEvent, ZenskarReadyEvent, ZenskarSessionExpiredEvent, ZenskarSignOutEvent } from '../events.ts';
import { initialInvoicesState, invoicesQuery } from '../invoices/invoices-state.ts';
import { brandingCss, webAddress } from '../shell/branding.ts';
import { SessionController } from './session-controller.ts';
import { embedSource } from './session-source.ts';
import type { FetchSession, SessionSource } from './session-source.ts';
import type { SessionState } from './session-state.ts';

/** An element that holds a customer's session: opens it, tells the page about it, and wears the merchant's colours. */
export abstract class SessionElement extends LitElement {
  /** The portal's address. Default: the origin that this script came from. */
  @property({ attribute: 'api-url' }) apiUrl = new URL(import.meta.url).origin;
  /** A one-time session token, for pages that are drawn anew on every visit. `fetchSession` is the better way. */
  @property({ attribute: 'session-token' }) sessionToken = '';
  /**
   * Brings a new one-time session token from the merchant's own backend: `async ({ signal }) => ({ session_token })`.
   * Called at the start and whenever a session cannot be renewed.
   */
  @property({ attribute: false }) fetchSession: FetchSession | null = null;
  /** @internal Another way to get a session, for the hosted page. */
  @property({ attribute: false }) sessionSource: SessionSource | null = null;

  protected readonly session = new SessionController(this, {
    apiUrl: () => this.apiUrl,
    onChange: (next) => this.handleSession(next),
  });
  protected api = this.apiWith(null);
  private readonly brandingSheet = new CSSStyleSheet();
  /** The last session; kept when it has expired, so that what was typed is there when the customer goes on. */
  protected portal: PortalSession | null = null;
  protected isReady = false;
  /** Another customer's session has replaced the last one: nothing of that one may stay, not even for one draw. */
  protected isOtherCustomer = false;
  private hasSource = false;
  private isRefocusing = false;

  constructor() {
    super();
    this.addEventListener('pointerdown', () => this.session.noteUse());
    this.addEventListener('keydown', () => this.session.noteUse());
    this.addEventListener('zenskar-profile-saved', ({ customerName }) => this.rename(customerName));
  }

  /** The sections that this element shows of those that the session may see. */
  protected abstract get allowed(): readonly Section[];
  /** Drops everything that belongs to the last customer. */
  protected abstract forgetCustomer(): void;

  override createRenderRoot(): ReturnType<LitElement['createRenderRoot']> {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.brandingSheet);
    return root;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('apiUrl')) this.api = this.apiWith(null);
    this.startSession(changed);
  }

  override updated(): void {
    if (this.isOtherCustomer) {
      this.isOtherCustomer = false;
      this.requestUpdate();
    }
    if (!this.isRefocusing) return;
    const target = this.renderRoot.querySelector<HTMLElement>('.state .button, .panels:not([hidden]) > :not([hidden])');
    target?.focus();
    this.isRefocusing = !target;
  }

  private apiWith(preload: OpenedSession['preload']): PortalApi {
    const api = this.sessionSource?.api ?? portalApi(new PortalClient(this.apiUrl, this.session));
    return preload ? preloadedApi(api, preload, invoicesQuery(initialInvoicesState)) : api;
  }

  private startSession(changed: PropertyValues<this>): void {
    const { apiUrl, sessionToken, sessionSource, fetchSession } = this;
    const isNewSource =
      (changed.has('sessionToken') && sessionToken) ||
      (changed.has('fetchSession') && fetchSession && !this.hasSource) ||
      (changed.has('apiUrl') && this.hasSource);
    if (sessionSource && changed.has('sessionSource')) this.session.use(sessionSource);
    else if (isNewSource)
      this.session.use(embedSource(apiUrl, { sessionToken, fetchSession: () => this.fetchSession }));
    else return;
    this.hasSource = true;
  }

  private handleSession(next: SessionState): void {
    const wasReady = this.isReady;
    this.isReady = next.status === 'ready';
    if (!wasReady || !this.isReady) this.isRefocusing ||= this.matches(':focus-within');
    switch (next.status) {
      case 'ready':
        if (!this.portal) this.api = this.apiWith(next.opened.preload);
        this.adopt(next.opened.session);
        if (!wasReady) void this.updateComplete.then(() => this.dispatchEvent(new ZenskarReadyEvent(this.allowed)));
        return;
      case 'expired':
        if (next.reason === 'signed_out') this.adopt(null);
        else this.dispatchEvent(new ZenskarSessionExpiredEvent(next.reason));
        return;
      case 'failed':
        this.dispatchEvent(new ZenskarErrorEvent(next.error));
    }
  }

  private adopt(portal: PortalSession | null): void {
    const identity = (session: PortalSession | null): string =>
      session ? `${session.organisation.id} ${session.customer.id}` : '';
    if (identity(this.portal) !== identity(portal) && this.portal) {
      this.isOtherCustomer = true;
      this.forgetCustomer();
    }
    this.portal = portal;
    if (portal) this.brandingSheet.replaceSync(brandingCss(portal.organisation.branding));
  }

  private rename(name: string): void {
    if (this.portal) this.portal = { ...this.portal, customer: { ...this.portal.customer, name } };
    this.requestUpdate();
  }

  /** The hosted page's way back to the merchant; null in the merchant's own page. */
  protected get returnTo(): { url: string; merchant: string } | null {
    const isTopPage = this.sessionSource !== null && window.parent === window;
    const url = isTopPage ? webAddress(this.portal?.return_url ?? null) : null;
    return url && this.portal ? { url, merchant: this.portal.organisation.name } : null;
  }

  /** Ends the session, here and on the server. */
  async signOut(): Promise<void> {
    await this.session.signOut();
    this.dispatchEvent(new ZenskarSignOutEvent());
  }
}
