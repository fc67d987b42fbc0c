import type { PortalSession, Section } from '#contract/sessions.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { PortalClient } from './api/portal-client.ts';
import { portalApi } from './api/portal-api.ts';
import {
  ZenskarErrorEvent,
  ZenskarInvoiceOpenEvent,
  ZenskarReadyEvent,
  ZenskarSectionChangeEvent,
  ZenskarSessionExpiredEvent,
  ZenskarSignOutEvent,
  ZenskarViewChangeEvent,
} from './events.ts';
import type { Catalogue } from './i18n/localize.ts';
import { SessionController } from './session/session-controller.ts';
import { embedSource } from './session/session-source.ts';
import type { FetchSession, SessionSource } from './session/session-source.ts';
import type { SessionState } from './session/session-state.ts';
import { AttributeReader } from './shell/attributes.ts';
import { brandingCss, webAddress } from './shell/branding.ts';
import { chrome, tabSections } from './shell/chrome.ts';
import { ContextBuilder } from './shell/context.ts';
import { notice } from './shell/notices.ts';
import { SectionLoader } from './shell/section-loader.ts';
import { sectionPanel } from './shell/section-panel.ts';
import type { SectionPage } from './shell/section-panel.ts';
import { shellStyles } from './shell/shell.styles.ts';
import { allSections, initialView, readView } from './shell/view-state.ts';
import type { ViewState } from './shell/view-state.ts';
import { tokens } from './theme/tokens.styles.ts';
import { bannerStyles } from './ui/banner/banner.styles.ts';
import { base } from './ui/base.styles.ts';
import { skeletonStyles } from './ui/skeleton/skeleton.styles.ts';
import { statesStyles } from './ui/states/states.styles.ts';
import { sectionOffState } from './ui/states/states.ts';
import { tabsStyles } from './ui/tabs/tabs.styles.ts';
import type { ViewContext } from './ui/view-context.ts';

/**
 * @summary A customer's billing portal: invoices, payments, entitlements and profile of one customer.
 *
 * ```html
 * <script type="module" src="https://billing.example.com/widget/v1/zenskar-portal.js"></script>
 * <zenskar-portal></zenskar-portal>
 * <script type="module">
 *   document.querySelector('zenskar-portal').fetchSession = async ({ signal }) =>
 *     (await fetch('/my-backend/portal-session', { method: 'POST', signal })).json();
 * </script>
 * ```
 *
 * The look is set by custom properties on the element: `--zenskar-accent`, `--zenskar-background`, `--zenskar-surface`,
 * `--zenskar-text`, `--zenskar-muted`, `--zenskar-border`, `--zenskar-danger`, `--zenskar-success`, `--zenskar-warning`,
 * `--zenskar-radius`, `--zenskar-spacing`, `--zenskar-font-family` and `--zenskar-font-size`.
 *
 * @csspart header - The merchant and the customer's menu.
 * @csspart summary - The strip of amounts.
 * @csspart tabs - The row of tabs.
 * @event zenskar-ready - The session is open and the portal is drawn.
 * @event zenskar-error - The portal could not be opened; `code` says why.
 * @event zenskar-session-expired - The session has ended and could not be renewed without the customer.
 * @event zenskar-section-change - The customer went to another section.
 * @event zenskar-invoice-open - The details of an invoice were opened.
 * @event zenskar-profile-saved - The customer changed the profile.
 * @event zenskar-sign-out - The customer signed out.
 * @event zenskar-view-change - The customer moved; `view` can be kept and set again.
 */
export class ZenskarPortal extends LitElement {
  static override styles = [tokens, base, bannerStyles, skeletonStyles, statesStyles, tabsStyles, shellStyles];

  @query('.panels > :not([hidden])') private openPanel!: HTMLElement | null;
  @query('zk-summary') private summary!: HTMLElementTagNameMap['zk-summary'] | null;

  @state() private isOffline = false;
  @state() private current: ViewState = initialView;

  /** The portal's address. Default: the origin that this script came from. */
  @property({ attribute: 'api-url' }) apiUrl = new URL(import.meta.url).origin;
  /** A one-time session token, for pages that are drawn anew on every visit. `fetchSession` is the better way. */
  @property({ attribute: 'session-token' }) sessionToken = '';
  /** BCP 47 tag for words, numbers and dates. Default: the session's, then the page's `lang`, then the browser's. */
  @property() locale = '';
  /** `light`, `dark`, or `auto` for the reader's system. Default: the page's own `color-scheme`. */
  @property() theme = '';
  /** Sections to show, in this order, separated by spaces: `invoices payments entitlements profile`. Default: all. */
  @property() sections = '';
  /** The section to open. */
  @property() section = '';
  /** Leaves the header out, for pages that have their own. The profile is then one of the tabs. */
  @property({ type: Boolean, attribute: 'hide-header' }) hideHeader = false;
  /** `compact` draws rows of 36 px instead of 44 px. */
  @property() density = '';
  /**
   * Brings a new one-time session token from the merchant's own backend: `async ({ signal }) => ({ session_token })`.
   * Called at the start and whenever a session cannot be renewed.
   */
  @property({ attribute: false }) fetchSession: FetchSession | null = null;
  /** Texts to use instead of the portal's own, by message key. */
  @property({ attribute: false }) messages: Catalogue = {};
  /** @internal Another way to get a session, for the hosted page. */
  @property({ attribute: false }) sessionSource: SessionSource | null = null;

  private readonly session = new SessionController(this, {
    apiUrl: () => this.apiUrl,
    onChange: (next) => this.handleSession(next),
  });
  private api = portalApi(new PortalClient(this.apiUrl, this.session));
  private readonly attributeReader = new AttributeReader();
  private readonly loader = new SectionLoader(() => this.requestUpdate());
  private readonly contextBuilder = new ContextBuilder();
  private readonly brandingSheet = new CSSStyleSheet();
  private readonly visited = new Set<Section>();
  /** The last session; kept when it has expired, so that what was typed is there when the customer goes on. */
  private portal: PortalSession | null = null;
  private isReady = false;
  private hasSource = false;
  private isRefocusing = false;

  constructor() {
    super();
    this.addEventListener('pointerdown', () => this.session.noteUse());
    this.addEventListener('keydown', () => this.session.noteUse());
    this.addEventListener('zk-invoice-request', ({ invoiceId }) => this.showInvoice(invoiceId));
    this.addEventListener('zenskar-profile-saved', ({ customerName }) => this.rename(customerName));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.handleConnection();
    addEventListener('online', this.handleConnection);
    addEventListener('offline', this.handleConnection);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.handleConnection);
    removeEventListener('offline', this.handleConnection);
  }

  override createRenderRoot(): ReturnType<LitElement['createRenderRoot']> {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.brandingSheet);
    return root;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('apiUrl')) this.api = portalApi(new PortalClient(this.apiUrl, this.session));
    if (changed.has('section') && this.section) {
      const section = this.attributeReader.oneOf('section', this.section, allSections);
      if (section) this.current = { ...this.current, section };
    }
    this.startSession(changed);
    if (this.isReady && this.allowed.includes(this.openSection)) this.visited.add(this.openSection);
  }

  override updated(): void {
    if (!this.isRefocusing) return;
    this.isRefocusing = false;
    this.renderRoot.querySelector<HTMLElement>('.state .button')?.focus();
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

  private readonly handleConnection = (): void => {
    this.isOffline = !navigator.onLine;
  };

  private handleSession(next: SessionState): void {
    const wasReady = this.isReady;
    this.isReady = next.status === 'ready';
    if (wasReady && !this.isReady) this.isRefocusing = this.matches(':focus-within');
    switch (next.status) {
      case 'ready':
        this.adopt(next.session);
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
      this.visited.clear();
      this.current = { ...initialView, section: this.current.section };
    }
    this.portal = portal;
    if (portal) this.brandingSheet.replaceSync(brandingCss(portal.organisation.branding));
  }

  private rename(name: string): void {
    if (this.portal) this.portal = { ...this.portal, customer: { ...this.portal.customer, name } };
    this.requestUpdate();
  }

  private get chosen(): readonly Section[] {
    const chosen = this.attributeReader.sections(this.sections);
    return chosen.length > 0 ? chosen : allSections;
  }

  /** What both the merchant's page and the session show, in the page's order. */
  private get allowed(): Section[] {
    return this.chosen.filter((section) => this.portal?.sections.includes(section));
  }

  private get openSection(): Section {
    return this.current.section ?? this.allowed[0] ?? 'invoices';
  }

  private get ctx(): ViewContext {
    const { attributeReader, portal } = this;
    const pageLanguage = this.closest<HTMLElement>('[lang]')?.lang ?? '';
    attributeReader.oneOf('theme', this.theme, ['light', 'dark', 'auto']);
    return this.contextBuilder.build({
      locale:
        attributeReader.locale(this.locale) ??
        attributeReader.locale(portal?.locale ?? pageLanguage) ??
        navigator.language,
      timeZone: portal?.time_zone ?? 'UTC',
      dense: attributeReader.oneOf('density', this.density, ['compact', 'comfortable']) === 'compact',
      readOnly: portal !== null && (portal.read_only || portal.staff_view !== null),
      messages: this.messages,
    });
  }

  private move(view: Partial<ViewState>): void {
    const before = this.openSection;
    const openInvoice = this.current.invoices.open;
    this.current = { ...this.current, ...view };
    const { section, invoices } = this.current;
    if (section && section !== before) this.dispatchEvent(new ZenskarSectionChangeEvent(section));
    if (invoices.open && invoices.open !== openInvoice) this.dispatchEvent(new ZenskarInvoiceOpenEvent(invoices.open));
    this.dispatchEvent(new ZenskarViewChangeEvent(this.view));
  }

  private showInvoice(invoiceId: string): void {
    this.move({ section: 'invoices', invoices: { ...this.current.invoices, open: invoiceId } });
  }

  private async showProfile(): Promise<void> {
    this.move({ section: 'profile' });
    await this.updateComplete;
    this.openPanel?.focus();
  }

  /** Where the customer is. What is set is read leniently: unknown parts are as at the start. */
  get view(): ViewState {
    return { ...this.current, section: this.openSection };
  }

  set view(view: Partial<ViewState>) {
    this.current = readView(view);
  }

  /** Loads the summary and the open section again, keeping the customer's place. */
  async refresh(): Promise<void> {
    const page = this.openPanel?.firstElementChild as { refresh?: () => Promise<void> } | null | undefined;
    await Promise.all([this.summary?.refresh(), page?.refresh?.()]);
  }

  /** Ends the session, here and on the server. */
  async signOut(): Promise<void> {
    await this.session.signOut();
    this.dispatchEvent(new ZenskarSignOutEvent());
  }

  override render(): unknown {
    const { ctx, portal } = this;
    const { state: sessionState } = this.session;
    const key = portal ? `${portal.organisation.id} ${portal.customer.id}` : '';
    return html`
      <div class="portal">
        ${
          sessionState.status === 'ready'
            ? this.renderChrome(ctx, portal ?? sessionState.session)
            : notice({
                ctx,
                state: sessionState,
                returnTo: this.returnTo,
                reopen: this.sessionSource || this.fetchSession ? () => this.session.reopen() : null,
                hasHeader: !this.hideHeader,
              })
        }
        ${keyed(key, html`<div class="panels" ?hidden=${!this.isReady}>${this.renderPanels(ctx)}</div>`)}
      </div>
    `;
  }

  private renderChrome(ctx: ViewContext, portal: PortalSession): TemplateResult {
    return chrome({
      ctx,
      portal,
      api: this.api,
      sections: this.allowed,
      openSection: this.openSection,
      hideHeader: this.hideHeader,
      returnUrl: this.returnTo?.url ?? null,
      isOffline: this.isOffline,
      onSelect: (section) => this.move({ section }),
      onProfile: () => void this.showProfile(),
      onSignOut: () => void this.signOut(),
    });
  }

  /** A visited section stays, hidden, so that it comes back as it was. Without a session only what was typed stays. */
  private renderPanels(ctx: ViewContext): unknown {
    const { openSection, isReady, allowed } = this;
    if (isReady && !allowed.includes(openSection)) return sectionOffState(ctx.localizer);
    const tabs = tabSections(allowed, this.hideHeader);
    return allSections.map((section) =>
      this.visited.has(section) && (isReady || section === 'profile')
        ? sectionPanel(section, {
            ctx,
            api: this.api,
            view: this.current,
            loader: this.loader,
            isOpen: section === openSection,
            hasTab: tabs.includes(section) && tabs.length > 1,
            onMove: (event) => this.handleMove(event),
          })
        : nothing,
    );
  }

  private handleMove(event: Event): void {
    const page = event.currentTarget as SectionPage;
    this.move({ [this.openSection]: page.state });
  }

  private get returnTo(): { url: string; merchant: string } | null {
    const url = this.sessionSource && webAddress(this.portal?.return_url ?? null);
    return url && this.portal ? { url, merchant: this.portal.organisation.name } : null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-portal': ZenskarPortal;
  }
}
