import type { PortalSession, Section } from '#contract/sessions.ts';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ZenskarInvoiceOpenEvent, ZenskarSectionChangeEvent, ZenskarViewChangeEvent } from './events.ts';
import type { Catalogue } from './i18n/localize.ts';
import { SessionElement } from './session/session-element.ts';
import { AttributeReader } from './shell/attributes.ts';
import { chrome, tabSections } from './shell/chrome.ts';
import { ContextBuilder } from './shell/context.ts';
import { notice } from './shell/notices.ts';
import { SectionLoader } from './shell/section-loader.ts';
import { sectionPanel } from './shell/section-panel.ts';
import type { SectionPage } from './shell/section-panel.ts';
import { shellStyles } from './shell/shell.styles.ts';
import { allSections, initialView } from './shell/view-state.ts';
import type { ViewState } from './shell/view-state.ts';
import { tokens } from './theme/tokens.styles.ts';
import { bannerStyles } from './ui/banner/banner.styles.ts';
import { base } from './ui/base.styles.ts';
import { menuButtonStyles } from './ui/menu/menu-button.styles.ts';
import { skeletonStyles } from './ui/skeleton/skeleton.styles.ts';
import { statesStyles } from './ui/states/states.styles.ts';
import { sectionOffState } from './ui/states/states.ts';
import { tabsStyles } from './ui/tabs/tabs.styles.ts';
import type { ViewContext } from './ui/view-context.ts';

/** A quicker answer would only make the outline flicker. */
const slowMs = 150;

/** What is typed into a field, and any key in what lies above the portal, is no shortcut of the page's. */
function keepOwnKeys(this: Element, event: KeyboardEvent): void {
  const isTyped =
    /^(.|Backspace|Delete|Enter|Arrow.*)$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const path = event.composedPath();
  const isOwn = path
    .slice(0, path.indexOf(this))
    .some((node) => node instanceof Element && node.matches(`dialog,[popover]${isTyped ? ',input,select' : ''}`));
  if (isOwn) event.stopPropagation();
}

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
 * @event zenskar-invoice-download - The PDF of an invoice was downloaded.
 * @event zenskar-profile-saved - The customer changed the profile.
 * @event zenskar-sign-out - The customer signed out.
 * @event zenskar-view-change - The customer moved; `view` can be kept and set again.
 */
export class ZenskarPortal extends SessionElement {
  static override styles = [
    tokens,
    base,
    bannerStyles,
    skeletonStyles,
    statesStyles,
    tabsStyles,
    menuButtonStyles,
    shellStyles,
  ];

  @state() private isOffline = false;
  @state() private isSlow = false;
  @state() private isMenuLoaded = false;
  @state() private current: ViewState = initialView;

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
  /** Texts to use instead of the portal's own, by message key. */
  @property({ attribute: false }) messages: Catalogue = {};

  private readonly attributeReader = new AttributeReader();
  private readonly loader = new SectionLoader(() => this.requestUpdate());
  private readonly contextBuilder = new ContextBuilder();
  private readonly visited = new Set<Section>();

  constructor() {
    super();
    this.addEventListener('zk-invoice-request', ({ invoiceId }) => this.showInvoice(invoiceId));
    this.addEventListener('keydown', keepOwnKeys);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    setTimeout(() => (this.isSlow = true), slowMs);
    this.handleConnection();
    addEventListener('online', this.handleConnection);
    addEventListener('offline', this.handleConnection);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.handleConnection);
    removeEventListener('offline', this.handleConnection);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('section') && this.section) {
      const section = this.attributeReader.oneOf('section', this.section, allSections);
      if (section) this.current = { ...this.current, section };
    }
    if (this.isReady && !this.isOtherCustomer && this.allowed.includes(this.openSection))
      this.visited.add(this.openSection);
  }

  protected override forgetCustomer(): void {
    this.visited.clear();
    this.current = { ...initialView, section: this.current.section };
  }

  private readonly handleConnection = (): void => {
    this.isOffline = !navigator.onLine;
  };

  private get chosen(): readonly Section[] {
    const chosen = this.attributeReader.sections(this.sections);
    return chosen.length > 0 ? chosen : allSections;
  }

  /** What both the merchant's page and the session show, in the page's order. */
  protected override get allowed(): Section[] {
    return this.chosen.filter((section) => this.portal?.sections.includes(section));
  }

  private get openSection(): Section {
    return this.current.section ?? this.allowed[0] ?? 'invoices';
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

  private get openPanel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panels > :not([hidden])');
  }

  private async openMenu(): Promise<void> {
    try {
      await import('./ui/menu/define.ts');
    } catch {
      return;
    }
    this.isMenuLoaded = true;
    await this.updateComplete;
    const menu = this.renderRoot.querySelector('zk-menu');
    await menu?.updateComplete;
    menu?.show();
  }

  private async showProfile(): Promise<void> {
    this.move({ section: 'profile' });
    await this.updateComplete;
    this.openPanel?.focus();
  }

  /**
   * Where the customer is: what `zenskar-view-change` brought can be set again. What is left out is as at the start.
   * A view that comes from outside, such as an address, goes through `readView` first.
   */
  get view(): ViewState {
    return { ...this.current, section: this.openSection };
  }

  set view(view: Partial<ViewState>) {
    this.current = { ...initialView, ...view };
  }

  /** Loads the summary and the open section again, keeping the customer's place. */
  async refresh(): Promise<void> {
    const page = this.openPanel?.firstElementChild as { refresh?: () => Promise<void> } | null | undefined;
    await Promise.all([this.renderRoot.querySelector('zk-summary')?.refresh(), page?.refresh?.()]);
  }

  override render(): unknown {
    const { portal } = this;
    const ctx = this.contextBuilder.build(this, portal, this.attributeReader);
    const { state: sessionState } = this.session;
    return html`
      <div class="portal">
        ${
          this.isOtherCustomer
            ? nothing
            : sessionState.status === 'ready'
              ? this.renderChrome(ctx, portal ?? sessionState.opened.session)
              : notice({
                  ctx,
                  state: sessionState,
                  returnTo: this.returnTo,
                  reopen: this.sessionSource || this.fetchSession ? () => this.session.reopen() : null,
                  hasHeader: !this.hideHeader,
                  isSlow: this.isSlow,
                })
        }
        <div class="panels" ?hidden=${!this.isReady}>${this.renderPanels(ctx)}</div>
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
      isMenuLoaded: this.isMenuLoaded,
      onMenu: () => void this.openMenu(),
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
            hasInvoices: allowed.includes('invoices'),
            hasTab: tabs.includes(section) && tabs.length > 1,
            onMove: (event) => this.move({ [section]: (event.currentTarget as SectionPage).state }),
          })
        : nothing,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-portal': ZenskarPortal;
  }
}
