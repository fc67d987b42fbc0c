import type { PortalSession, Section } from '#contract/sessions.ts';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ZenskarErrorEvent } from './events.ts';
import { PortalElement } from './portal-element.ts';
import type { accountMenu } from './shell/account-menu.ts';
import { readSections } from './shell/attributes.ts';
import { chrome, tabSections } from './shell/chrome.ts';
import type { Outline } from './ui/skeleton/outline.ts';
import { allSections, isSection } from './shell/view-state.ts';
import type { ViewContext } from './ui/view-context.ts';

/**
 * @summary A customer's billing portal: invoices, payments, entitlements and profile of one customer.
 * @tagname zenskar-portal
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
 * @csspart header - The merchant and the customer's menu.
 * @csspart merchant - The merchant's logo and name.
 * @csspart logo - The merchant's logo.
 * @csspart account - What opens the customer's menu.
 * @csspart banner - A line over the content: read only, offline.
 * @csspart summary - The strip of amounts.
 * @csspart summary-item - One amount of it.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One of them.
 * @csspart panel - The open section.
 * @csspart filter-bar - The search and the filters of a list.
 * @csspart table - A list, and the lines of an invoice.
 * @csspart row - One record of a list.
 * @csspart status - The status of a record.
 * @csspart pager - The way to the other pages of a list.
 * @csspart meter - How much of an entitlement is used.
 * @csspart input - Fields and choices.
 * @csspart popover - Menus and filters.
 * @csspart dialog - The panel at the side.
 * @csspart empty - In place of a list without records.
 * @event zenskar-section-change - The customer went to another section.
 * @event zenskar-invoice-open - The details of an invoice were opened.
 * @event zenskar-invoice-download - The PDF of an invoice was downloaded.
 * @event zenskar-profile-saved - The customer changed the profile.
 */
export class ZenskarPortal extends PortalElement {
  @state() private isOffline = false;
  @state() private menu: typeof accountMenu | null = null;

  /** Sections to show, in this order, separated by spaces: `invoices payments entitlements profile`. Default: all. */
  @property() sections = '';
  /**
   * The section to open.
   * @type {Section | ''}
   */
  @property() section = '';
  /** Opens this invoice; empty closes it. */
  @property({ attribute: 'invoice-id' }) invoiceId = '';
  /** Leaves the header out, for pages that have their own. The profile is then one of the tabs. */
  @property({ type: Boolean, attribute: 'hide-header' }) hideHeader = false;

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

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('section') && isSection(this.section)) {
      // A panel that stayed open in a hidden section would keep the page from everything else.
      this.openInvoice('');
      this.current = { ...this.current, section: this.section };
    }
    if (changed.has('invoiceId') && (this.invoiceId || this.hasUpdated)) {
      if (this.invoiceId) this.current = { ...this.current, section: 'invoices' };
      this.openInvoice(this.invoiceId);
    }
    super.willUpdate(changed);
  }

  private readonly handleConnection = (): void => {
    this.isOffline = !navigator.onLine;
  };

  protected override get chosen(): readonly Section[] {
    const chosen = readSections(this.sections);
    return chosen.length > 0 ? chosen : allSections;
  }

  protected override get outline(): Outline {
    return this.hideHeader ? 'portal-without-header' : 'portal';
  }

  protected override get tabs(): readonly Section[] {
    return tabSections(this.allowed, this.hideHeader);
  }

  protected override get hasInvoices(): boolean {
    return this.allowed.includes('invoices');
  }

  protected override showInvoice(invoiceId: string): void {
    this.move({ section: 'invoices', invoices: { ...this.current.invoices, open: invoiceId } });
  }

  private async openMenu(): Promise<void> {
    try {
      this.menu = (await import('./shell/account-menu.ts')).accountMenu;
    } catch {
      return;
    }
    await this.updateComplete;
    const menu = this.renderRoot.querySelector('zk-menu');
    await menu?.updateComplete;
    menu?.show();
  }

  private handleLogoError(): void {
    this.dispatchEvent(
      new ZenskarErrorEvent({ code: 'logo_failed', message: 'The logo did not load', isFatal: false }),
    );
  }

  private async showProfile(): Promise<void> {
    this.move({ section: 'profile' });
    await this.updateComplete;
    this.openPanel?.focus();
  }

  protected override renderChrome(ctx: ViewContext, portal: PortalSession): unknown {
    return chrome({
      ctx,
      portal,
      api: this.api,
      sections: this.allowed,
      openSection: this.openSection,
      hideHeader: this.hideHeader,
      returnUrl: this.returnTo?.url ?? null,
      isOffline: this.isOffline,
      menu: this.menu,
      onLogoError: () => this.handleLogoError(),
      onMenu: () => void this.openMenu(),
      onLanguage: this.contextBuilder.choose,
      onSelect: (section) => this.move({ section }),
      onProfile: () => void this.showProfile(),
      onSignOut: () => void this.signOut(),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-portal': ZenskarPortal;
  }
}
