import type { PortalSession, Section } from '#contract/sessions.ts';
import { html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ZenskarInvoiceOpenEvent, ZenskarSectionChangeEvent, ZenskarViewChangeEvent } from './events.ts';
import type { Catalogue } from './i18n/localize.ts';
import { SessionElement } from './session/session-element.ts';
import { ContextBuilder } from './shell/context.ts';
import { notice } from './shell/notices.ts';
import type { Outline } from './ui/skeleton/outline.ts';
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
import { statesStyles } from './ui/states/states.styles.ts';
import { sectionOffState } from './ui/states/states.ts';
import { tabsStyles } from './ui/tabs/tabs.styles.ts';
import type { ViewContext } from './ui/view-context.ts';

/** A quicker answer would only make the outline flicker. */
const slowMs = 150;

/**
 * The portal or a part of it: the sections that it shows, where the customer is in them, and what stands in their place.
 *
 * @csspart button - Buttons with a text.
 * @csspart primary-button - The button that a view is there for.
 * @csspart error - In place of what could not be loaded.
 * @csspart notice - In place of everything: the session has expired, or could not be opened.
 * @event zenskar-ready - The session is open and the element is drawn for the first time.
 * @event zenskar-error - It could not be opened, or a part of it does not work; `code` says why.
 * @event zenskar-session-expired - The session has ended and could not be renewed without the customer.
 * @event zenskar-view-change - The customer moved; `view` can be kept and set again.
 * @event zenskar-sign-out - The customer signed out.
 * @cssproperty [--zenskar-accent=light-dark(#4f46e5, #8f8bff)] - Buttons, links, the open tab. Made readable on any ground.
 * @cssproperty [--zenskar-background=transparent] - Behind everything.
 * @cssproperty [--zenskar-surface=light-dark(#fff, #1a1b1f)] - Behind fields, menus and panels.
 * @cssproperty [--zenskar-text=light-dark(#1c1d22, #ececef)] - Text.
 * @cssproperty --zenskar-muted - Text that may stand back, such as labels. Default: from text and surface.
 * @cssproperty --zenskar-border - Lines. Default: from text and surface.
 * @cssproperty [--zenskar-danger=light-dark(#b3261e, #ff8f87)] - What is overdue or failed.
 * @cssproperty [--zenskar-success=light-dark(#12703f, #66d19a)] - What is paid or done.
 * @cssproperty [--zenskar-warning=light-dark(#8a5300, #f0b455)] - What is due soon or nearly used up.
 * @cssproperty [--zenskar-radius=8px] - The roundness of corners.
 * @cssproperty [--zenskar-spacing=4px] - The unit of all distances.
 * @cssproperty [--zenskar-font-family=inherit] - Of everything; without it the font of your page.
 * @cssproperty [--zenskar-font-size=14px] - The size of text; headings and small print follow it.
 */
export abstract class PortalElement extends SessionElement {
  static override styles = [tokens, base, bannerStyles, statesStyles, tabsStyles, menuButtonStyles, shellStyles];

  @state() private isSlow = false;
  @state() protected current: ViewState = initialView;

  /** BCP 47 tag for words, numbers and dates. Default: the session's, then the page's `lang`, then the browser's. */
  @property() locale = '';
  /**
   * `light`, `dark`, or `auto` for the reader's system. Default: the page's own `color-scheme`.
   * @type {'light' | 'dark' | 'auto' | ''}
   */
  @property() theme = '';
  /**
   * `compact` draws rows of 36 px instead of 44 px.
   * @type {'comfortable' | 'compact' | ''}
   */
  @property() density = '';
  /** Texts to use instead of the portal's own, by message key. */
  @property({ attribute: false }) messages: Catalogue = {};

  private readonly loader = new SectionLoader(() => this.requestUpdate());
  protected readonly contextBuilder = new ContextBuilder(() => this.requestUpdate());
  private readonly visited = new Set<Section>();

  constructor() {
    super();
    this.addEventListener('zk-invoice-request', ({ invoiceId }) => this.showInvoice(invoiceId));
  }

  /** The sections that the page asks for, in its order. */
  protected abstract get chosen(): readonly Section[];
  /** What the element looks like before it has a session. */
  protected abstract get outline(): Outline;
  /** What stands around the sections. */
  protected abstract renderChrome(ctx: ViewContext, portal: PortalSession): unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    setTimeout(() => {
      this.isSlow = true;
      import('./ui/skeleton/define.ts').catch(() => undefined);
    }, slowMs);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isReady && !this.isOtherCustomer && this.allowed.includes(this.openSection))
      this.visited.add(this.openSection);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.size > 0) {
      import('./shell/page-check.ts').then(({ checkPage }) => checkPage(this)).catch(() => undefined);
    }
    // The style sheet asks for the attribute, whichever of the two was set.
    if (changed.has('theme') && (this.theme || null) !== this.getAttribute('theme')) {
      if (this.theme) this.setAttribute('theme', this.theme);
      else this.removeAttribute('theme');
    }
  }

  protected override forgetCustomer(): void {
    this.visited.clear();
    this.current = { ...initialView, section: this.current.section };
  }

  /** What both the merchant's page and the session show, in the page's order. */
  protected override get allowed(): Section[] {
    return this.chosen.filter((section) => this.portal?.sections.includes(section));
  }

  protected get openSection(): Section {
    return this.current.section ?? this.allowed[0] ?? this.chosen[0] ?? 'invoices';
  }

  protected move(view: Partial<ViewState>): void {
    const before = this.openSection;
    const openInvoice = this.current.invoices.open;
    this.current = { ...this.current, ...view };
    const { section, invoices } = this.current;
    if (section && section !== before) this.dispatchEvent(new ZenskarSectionChangeEvent(section));
    if (invoices.open && invoices.open !== openInvoice) this.dispatchEvent(new ZenskarInvoiceOpenEvent(invoices.open));
    this.dispatchEvent(new ZenskarViewChangeEvent(this.view));
  }

  protected showInvoice(invoiceId: string): void {
    this.move({ invoices: { ...this.current.invoices, open: invoiceId } });
  }

  /** As the page asks for it: no event tells the page what it knows. */
  protected openInvoice(invoiceId: string): void {
    this.current = { ...this.current, invoices: { ...this.current.invoices, open: invoiceId || null } };
  }

  protected get openPanel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panels > :not([hidden])');
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

  /** Loads what is shown again, keeping the customer's place. */
  async refresh(): Promise<void> {
    const page = this.openPanel?.firstElementChild as { refresh?: () => Promise<void> } | null | undefined;
    await Promise.all([this.renderRoot.querySelector('zk-summary')?.refresh(), page?.refresh?.()]);
  }

  override render(): unknown {
    const { portal } = this;
    const ctx = this.contextBuilder.build(this, portal);
    const { state: sessionState } = this.session;
    const hasWords = this.contextBuilder.isReady;
    return html`
      <div class="portal" lang=${ctx.locale} dir=${ctx.localizer.direction}>
        ${
          this.isOtherCustomer
            ? nothing
            : sessionState.status === 'ready' && hasWords
              ? this.renderChrome(ctx, portal ?? sessionState.opened.session)
              : notice({
                  ctx,
                  state: sessionState.status === 'ready' || !hasWords ? { status: 'connecting' } : sessionState,
                  returnTo: this.returnTo,
                  reopen: this.session.hasWay ? () => this.session.reopen() : null,
                  outline: this.outline,
                  isSlow: this.isSlow,
                })
        }
        <div class="panels" ?hidden=${!this.isReady || !hasWords}>${this.renderPanels(ctx)}</div>
      </div>
    `;
  }

  /** Sections that have a tab. */
  protected get tabs(): readonly Section[] {
    return [];
  }

  /** A visited section stays, hidden, so that it comes back as it was. Without a session only what was typed stays. */
  protected renderPanels(ctx: ViewContext): unknown {
    const { openSection, isReady, allowed, tabs } = this;
    if (isReady && !allowed.includes(openSection)) return sectionOffState(ctx.localizer);
    return allSections.map((section) =>
      this.visited.has(section) && (isReady || section === 'profile')
        ? sectionPanel(section, {
            ctx,
            api: this.api,
            view: this.current,
            loader: this.loader,
            isOpen: section === openSection,
            hasInvoices: this.hasInvoices,
            hasTab: tabs.includes(section) && tabs.length > 1,
            onMove: (event) => this.move({ [section]: (event.currentTarget as SectionPage).state }),
          })
        : nothing,
    );
  }

  /** An invoice can be opened from the other sections. */
  protected get hasInvoices(): boolean {
    return this.portal?.sections.includes('invoices') ?? false;
  }
}
