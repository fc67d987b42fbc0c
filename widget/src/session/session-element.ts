import type { PortalSession, Section } from '#contract/sessions.ts';
import { LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { ZenskarErrorEvent, ZenskarReadyEvent, ZenskarSessionExpiredEvent, ZenskarSignOutEvent } from '../events.ts';
import { brandingCss, webAddress } from '../shell/branding.ts';
import { SessionController } from './session-controller.ts';
import type { SessionMember } from './session-controller.ts';
import type { FetchSession, SessionSource } from './session-source.ts';
import type { SessionState } from './session-state.ts';

const ownOrigin = new URL(import.meta.url).origin;

/** The elements that are in the page. */
const elements = new Set<SessionElement>();

/**
 * An element that shows a customer's session: opens it or joins the one that another element of the page has opened,
 * tells the page about it, and wears the merchant's colours.
 */
export abstract class SessionElement extends LitElement implements SessionMember {
  /** The portal's address. Default: the origin that this script came from. */
  @property({ attribute: 'api-url' }) apiUrl = ownOrigin;
  /** A one-time session token, for pages that are drawn anew on every visit. `fetchSession` is the better way. */
  @property({ attribute: 'session-token' }) sessionToken = '';
  /**
   * Brings a new one-time session token from the merchant's own backend: `async ({ signal }) => ({ session_token })`.
   * Called at the start and whenever a session cannot be renewed. Elements that have the same function, or none, share
   * one session.
   */
  @property({ attribute: false }) fetchSession: FetchSession | null = null;
  /** @internal Another way to get a session: for the hosted page, and for previews. */
  @property({ attribute: false }) sessionSource: SessionSource | null = null;

  protected session = new SessionController();
  /** What the session shows, kept when it has expired. */
  protected portal: PortalSession | null = null;
  protected isReady = false;
  /** Another customer's session has replaced the last one: nothing of that one may stay, not even for one draw. */
  protected isOtherCustomer = false;
  private readonly brandingSheet = new CSSStyleSheet();
  /** It has a way to a session of its own. */
  private isOwner = false;
  private isRefocusing = false;
  /** What the page has been told of. */
  private told: SessionState | undefined;

  constructor() {
    super();
    this.addEventListener('pointerdown', () => this.session.noteUse());
    this.addEventListener('keydown', () => this.session.noteUse());
    this.addEventListener('zenskar-profile-saved', ({ customerName }) => this.session.rename(customerName));
  }

  /** The sections that this element shows of those that the session may see. */
  protected abstract get allowed(): readonly Section[];
  /** Drops everything that belongs to the last customer. */
  protected abstract forgetCustomer(): void;

  protected get api(): PortalApi {
    return this.session.api;
  }

  override createRenderRoot(): ReturnType<LitElement['createRenderRoot']> {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.brandingSheet);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    elements.add(this);
    // While it was out of the page the session may have gone on, or another element may have brought one.
    this.enter((this.hasUpdated && this.sharedSession) || this.session);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    elements.delete(this);
    this.session.leave(this);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.findSession(changed);
  }

  override updated(_changed: PropertyValues<this>): void {
    if (this.isOtherCustomer) {
      this.isOtherCustomer = false;
      this.requestUpdate();
    }
    if (!this.isRefocusing) return;
    const target = this.renderRoot.querySelector<HTMLElement>('.state .button, .panels:not([hidden]) > :not([hidden])');
    target?.focus();
    this.isRefocusing = !target;
  }

  /** A page may give its way to a session to all of its elements, to one of them, or a way of its own to each. */
  private findSession(changed: PropertyValues<this>): void {
    this.apiUrl = (this.apiUrl || ownOrigin).replace(/(?<=[^/:])\/+$/, '');
    const { isOwner, fetchSession } = this;
    const isGiven =
      (changed.has('sessionSource') && this.sessionSource) ||
      (changed.has('sessionToken') && this.sessionToken) ||
      (changed.has('fetchSession') && fetchSession && !isOwner) ||
      (changed.has('apiUrl') && isOwner);
    if (isGiven) this.bringSession();
    else if (changed.has('apiUrl') && (this.sharedSession || this.hasUpdated)) this.enter(this.sharedSession);
  }

  /** What an element without a way of its own shows. */
  private get sharedSession(): SessionController | undefined {
    return (this.isOwner ? this : this.ownerOf(({ apiUrl }) => apiUrl === this.apiUrl))?.session;
  }

  private ownerOf(matches: (element: SessionElement) => boolean): SessionElement | undefined {
    return [...elements].find((element) => element.isOwner && matches(element));
  }

  private bringSession(): void {
    this.isOwner = true;
    const same = this.ownerOf((owner) => owner !== this && owner.session.isOpenedBy(this));
    if (same) this.enter(same.session);
    else {
      if (this.ownerOf((owner) => owner !== this && owner.session === this.session)) this.enter(undefined);
      this.session.use(this);
    }
    for (const other of elements) {
      const isWaiting = !this.ownerOf(({ session }) => session === other.session);
      if (isWaiting && other.apiUrl === this.apiUrl) other.enter(this.session);
    }
  }

  private enter(session = new SessionController()): void {
    this.session.leave(this);
    this.session = session;
    if (this.isConnected) session.join(this);
    this.sessionChanged(session.state);
  }

  /** @internal */
  sessionChanged(next: SessionState): void {
    const wasReady = this.isReady;
    this.isReady = next.status === 'ready';
    if (!wasReady || !this.isReady) this.isRefocusing ||= this.matches(':focus-within');
    this.adopt();
    this.requestUpdate();
    if (next === this.told) return;
    this.told = next;
    switch (next.status) {
      case 'ready':
        if (!wasReady) void this.updateComplete.then(() => this.dispatchEvent(new ZenskarReadyEvent(this.allowed)));
        return;
      case 'expired':
        if (next.reason !== 'signed_out') this.dispatchEvent(new ZenskarSessionExpiredEvent(next.reason));
        return;
      case 'failed':
        this.dispatchEvent(new ZenskarErrorEvent(next.error));
    }
  }

  private adopt(): void {
    const { portal } = this.session;
    if (this.portal && this.portal.customer.id !== portal?.customer.id) {
      this.isOtherCustomer = true;
      this.forgetCustomer();
    }
    this.portal = portal;
    if (portal) this.brandingSheet.replaceSync(brandingCss(portal.organisation.branding));
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
