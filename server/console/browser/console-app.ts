import type { StaffSession } from '#contract/console.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { ApiError } from '../../../widget/src/api/api-error.ts';
import { createLocalizer } from '../../../widget/src/i18n/localize.ts';
import { tokens } from '../../../widget/src/theme/tokens.styles.ts';
import { banner } from '../../../widget/src/ui/banner/banner.ts';
import { bannerStyles } from '../../../widget/src/ui/banner/banner.styles.ts';
import { base } from '../../../widget/src/ui/base.styles.ts';
import { errorState, failureOf } from '../../../widget/src/ui/states/states.ts';
import { statesStyles } from '../../../widget/src/ui/states/states.styles.ts';
import type { ViewContext } from '../../../widget/src/ui/view-context.ts';
import { activityList } from './activity/activity-list.ts';
import { brandingMessages } from './branding/branding.en.ts';
import type { UnsavedEvent } from './branding/unsaved-event.ts';
import type { ZkConfirmDialog } from './confirm/confirm-dialog.ts';
import { ConsoleClient } from './console-client.ts';
import { consoleMessages } from './console.en.ts';
import { consoleStyles } from './console.styles.ts';
import { customersList } from './customers/customers-list.ts';
import type { TitleEvent } from './customers/customer-page.ts';
import { LeaveGuard } from './leave-guard.ts';
import type { ListDefinition } from './list/console-list.ts';
import type { LoginEvent } from './login/login-page.ts';
import { bar, rail } from './navigation.ts';
import { pageStyles } from './page.styles.ts';
import { customersPath, routeOf } from './route.ts';
import type { Route } from './route.ts';

/** The reader's own English; some systems name languages that Intl refuses, such as `en-US@posix`. */
const englishOf = (languages: readonly string[]): string =>
  languages.find((language) => /^en(-[a-z\d]+)*$/i.test(language)) ?? 'en';

/** @summary The merchant's console: logging in, finding the way, and the page of the address. */
export class ZkConsole extends LitElement {
  static override styles = [tokens, base, bannerStyles, statesStyles, pageStyles, consoleStyles];

  @query('.leave') private leaveDialog!: ZkConfirmDialog | null;

  @state() private route: Route = routeOf(location.pathname);
  /** Who is, or was, logged in; null until somebody is, and after signing out. */
  @state() private session: StaffSession | null = null;
  @state() private needsLogin = false;
  @state() private failure: unknown = null;
  @state() private notice = '';
  private loggedIn = Promise.withResolvers<undefined>();
  private isFocusDue = false;
  private shownPath = location.pathname;
  /** The state of the history in which the list of customers was left. */
  private leftCustomersAt: unknown = null;

  @property({ reflect: true }) theme = 'auto';

  private readonly locale = englishOf(navigator.languages);
  private readonly localizer = createLocalizer(this.locale);
  private readonly t = this.localizer.in(consoleMessages);
  private readonly leaveGuard = new LeaveGuard(this, async () => (await this.leaveDialog?.ask()) ?? true);
  private readonly client = new ConsoleClient(() => this.requireLogin());
  private customers = customersList(this.client);
  private activity = activityList(this.client);
  private ctx: ViewContext = {
    localizer: this.localizer,
    locale: this.locale,
    timeZone: 'UTC',
    dense: false,
    readOnly: true,
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.handlePopState);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.handlePopState);
  }

  override firstUpdated(): void {
    this.renderRoot.addEventListener('click', (event) => this.handleClick(event as MouseEvent));
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('route') || changed.has('session')) this.setTitle();
    if (this.isFocusDue) void this.focusHeading();
  }

  private async begin(): Promise<void> {
    this.failure = null;
    try {
      this.enter(await this.client.attempt('GET /console/api/me'));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'staff_login_required') this.needsLogin = true;
      else this.failure = error;
    }
  }

  private enter(session: StaffSession): void {
    if (location.pathname === '/console') history.replaceState(history.state, '', customersPath);
    this.ctx = { ...this.ctx, timeZone: session.organisation.time_zone };
    this.session = session;
    this.needsLogin = false;
  }

  /** Asks for a login over the page, which stays as it is; resolves when the same person is back. */
  private requireLogin(): Promise<undefined> {
    this.needsLogin = true;
    return this.loggedIn.promise;
  }

  private handleLogin({ session }: LoginEvent): void {
    const isAnother = this.session !== null && this.session.staff.id !== session.staff.id;
    if (isAnother) this.leave();
    else this.loggedIn.resolve(undefined);
    this.loggedIn = Promise.withResolvers();
    this.isFocusDue = true;
    this.enter(session);
  }

  private async handleSignOut(): Promise<void> {
    if (!(await this.leaveGuard.mayLeave())) return;
    this.notice = '';
    try {
      await this.client.attempt('POST /console/api/logout');
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'staff_login_required') {
        this.notice = this.t('console.sign_out_failed');
        return;
      }
    }
    this.leave();
    this.needsLogin = true;
  }

  /** Forgets everything that was shown. */
  private leave(): void {
    this.session = null;
    this.leaveGuard.isUnsaved = false;
    this.leftCustomersAt = null;
    this.customers = customersList(this.client);
    this.activity = activityList(this.client);
    history.pushState(null, '', customersPath);
    this.route = routeOf(customersPath);
  }

  private readonly handlePopState = (): void => {
    const next = routeOf(location.pathname);
    if (JSON.stringify(next) === JSON.stringify(this.route)) return;
    if (this.leaveGuard.isUnsaved) void this.leaveGuard.mayHaveLeft(this.shownPath);
    else this.show(next);
  };

  private handleClick(event: MouseEvent): void {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.origin !== location.origin || !link.pathname.startsWith('/console')) return;
    if (link.hash !== '') return;
    event.preventDefault();
    if (this.leaveGuard.isUnsaved) void this.leaveGuard.mayLeave().then((may) => may && this.follow(link));
    else this.follow(link);
  }

  private follow(link: HTMLAnchorElement): void {
    if (this.route.page === 'customers') this.leftCustomersAt = history.state;
    history.pushState(link.rel === 'prev' ? this.leftCustomersAt : null, '', link.href);
    this.show(routeOf(link.pathname));
  }

  private show(route: Route): void {
    this.notice = '';
    this.isFocusDue = true;
    this.shownPath = location.pathname;
    this.route = route;
    if (route.page === 'customers') this.customers = customersList(this.client);
    if (route.page === 'activity') this.activity = activityList(this.client);
  }

  private handleSkip(event: Event): void {
    event.preventDefault();
    void this.focusHeading();
  }

  private async focusHeading(): Promise<void> {
    this.isFocusDue = false;
    const page = this.renderRoot.querySelector<LitElement>('.content > :not(.banner)');
    await page?.updateComplete;
    const root = page?.shadowRoot ?? this.renderRoot;
    (root.querySelector<HTMLElement>('h1') ?? this.renderRoot.querySelector('main'))?.focus();
  }

  private setTitle(name = this.pageTitle()): void {
    document.title = this.session
      ? this.t('console.title', { page: name, organisation: this.session.organisation.name })
      : this.t('console.name');
  }

  private pageTitle(): string {
    switch (this.route.page) {
      case 'branding':
        return this.t('branding.title');
      case 'embed':
        return this.t('embed.title');
      case 'api-keys':
        return this.t('api_keys.title');
      case 'activity':
        return this.t('activity.title');
      case 'unknown':
        return this.t('console.not_found');
      default:
        return this.t('customers.title');
    }
  }

  override render(): unknown {
    return html`
      ${this.session ? this.renderFrame(this.session) : nothing}
      ${
        this.needsLogin
          ? html`<zk-login-page
              role="main"
              .localizer=${this.localizer}
              .client=${this.client}
              .hasEnded=${this.session !== null}
              .email=${this.session?.staff.email ?? ''}
              @zk-login=${this.handleLogin}
            ></zk-login-page>`
          : nothing
      }
      ${
        this.failure === null
          ? nothing
          : errorState({
              localizer: this.localizer,
              failure: failureOf(this.failure),
              retry: () => void this.begin(),
            })
      }
    `;
  }

  private renderFrame(session: StaffSession): TemplateResult {
    const navigation = {
      localizer: this.localizer,
      session,
      page: this.route.page,
      onSignOut: () => void this.handleSignOut(),
    };
    return html`
      <div
        class="frame"
        ?hidden=${this.needsLogin}
        @zk-title=${({ title }: TitleEvent) => this.setTitle(title)}
        @zk-unsaved=${({ isUnsaved }: UnsavedEvent) => (this.leaveGuard.isUnsaved = isUnsaved)}
      >
        <header>
          <a class="button skip visually-hidden" href="#content" @click=${this.handleSkip}>${this.t('console.skip')}</a>
          ${rail(navigation)} ${bar(navigation)}
        </header>
        <main id="content" tabindex="-1">
          <div class="content">
            ${this.notice ? banner('danger', this.notice) : nothing} ${this.renderPage(session)}
          </div>
        </main>
        ${this.renderLeaveDialog()}
      </div>
    `;
  }

  private renderLeaveDialog(): TemplateResult {
    const t = this.localizer.in(brandingMessages);
    return html`<zk-confirm-dialog
      class="leave"
      heading=${t('branding.leave_title')}
      text=${t('branding.leave_text')}
      confirm-label=${t('branding.leave')}
      cancel-label=${t('branding.stay')}
    ></zk-confirm-dialog>`;
  }

  private renderPage(session: StaffSession): TemplateResult {
    const { client, ctx, route } = this;
    switch (route.page) {
      case 'customers':
        return this.renderList('customers.title', this.customers);
      case 'activity':
        return this.renderList('activity.title', this.activity);
      case 'customer':
        return html`<zk-customer-page
          .ctx=${ctx}
          .client=${client}
          .customerId=${route.customerId}
        ></zk-customer-page>`;
      case 'branding':
        return html`<zk-branding-page .ctx=${ctx} .client=${client}></zk-branding-page>`;
      case 'embed':
        return html`<zk-embed-page .ctx=${ctx} .client=${client}></zk-embed-page>`;
      case 'api-keys':
        return html`<zk-api-keys-page
          .ctx=${ctx}
          .client=${client}
          .organisationId=${session.organisation.id}
        ></zk-api-keys-page>`;
      case 'unknown':
        return html`<h1 tabindex="-1">${this.t('console.not_found')}</h1>
          <p class="muted">${this.t('console.not_found_text')}</p>`;
    }
  }

  private renderList<Row>(
    title: 'customers.title' | 'activity.title',
    definition: ListDefinition<Row>,
  ): TemplateResult {
    return html`
      <h1 tabindex="-1">${this.t(title)}</h1>
      ${keyed(definition, html`<zk-console-list .ctx=${this.ctx} .definition=${definition}></zk-console-list>`)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-console': ZkConsole;
  }
}
