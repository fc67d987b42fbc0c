import type { OpenedSession, Section } from '#contract/sessions.ts';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ApiError } from '../../../widget/src/api/api-error.ts';
import type { Localizer, Translate } from '../../../widget/src/i18n/localize.ts';
import { embedSource } from '../../../widget/src/session/session-source.ts';
import type { SessionSource } from '../../../widget/src/session/session-source.ts';
import { brandingCss, webAddress } from '../../../widget/src/shell/branding.ts';
import { tokens } from '../../../widget/src/theme/tokens.styles.ts';
import { base } from '../../../widget/src/ui/base.styles.ts';
import type { ZenskarPortal } from '../../../widget/src/zenskar-portal.ts';
import type { HostedPage } from '../visit.ts';
import { hostedMessages } from './hosted.en.ts';
import { hostedPageStyles } from './hosted-page.styles.ts';
import { redeemer, resume } from './hosted-source.ts';
import { followLanguage, localizerFor, rememberedLanguage, rememberLanguage } from './page-language.ts';
import { readHash, writeHash } from './view-hash.ts';

type HostedWords = Translate<typeof hostedMessages>;

type Stage =
  'home' | 'asking' | 'opening' | 'open' | 'used' | 'unopened' | 'ended' | 'signed_out' | 'failed' | 'unanswered';

/**
 * The portal as a page of its own, or in a plain frame of a merchant's page. On its own its session lives in a cookie; in
 * a frame it lives in memory, and ends with the frame's page.
 */
export class ZkHostedPage extends LitElement {
  static override styles = [tokens, base, hostedPageStyles];

  @query('zenskar-portal') private portal!: ZenskarPortal | null;

  @state() private stage: Stage = 'opening';
  @state() private returnUrl: string | null = null;
  @state() private localizer: Localizer | null = null;

  @property({ attribute: false }) page!: HostedPage;
  @property({ type: Boolean, reflect: true }) framed = false;

  private readonly brandingSheet = new CSSStyleSheet();
  private source: SessionSource | null = null;
  private firstSection: Section = 'invoices';
  private language = '';
  private followed: ZenskarPortal | null = null;
  private redeemLink: ((replace: boolean) => Promise<OpenedSession>) | null = null;

  override createRenderRoot(): ReturnType<LitElement['createRenderRoot']> {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.brandingSheet);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.handleHistory);
    this.language = this.framed ? '' : rememberedLanguage();
    void this.speak(this.language || document.documentElement.lang);
    const { visit, organisation } = this.page;
    if (organisation) this.brandingSheet.replaceSync(brandingCss(organisation.branding));
    if (visit.kind === 'redeem') {
      this.redeemLink = redeemer(visit.token);
      if (visit.isExpected && visit.replaces === null) void this.open();
      else this.stage = 'asking';
    } else if (visit.kind === 'frame') {
      this.stage = this.framed ? 'unanswered' : 'home';
    } else if (visit.kind === 'resume' && !this.framed) {
      this.returnUrl = visit.returnUrl;
      void this.open();
    } else if (visit.kind === 'none') {
      this.stage = 'home';
    } else if (visit.kind === 'unopened') {
      this.stage = 'unopened';
    } else {
      this.returnUrl = this.framed ? null : visit.returnUrl;
      this.stage = 'used';
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.handleHistory);
  }

  private async speak(locale: string): Promise<void> {
    this.localizer = await localizerFor(locale);
    const { organisation } = this.page;
    const t = this.localizer.in(hostedMessages);
    document.title = organisation ? t('hosted.title', { merchant: organisation.name }) : t('hosted.home');
    if (this.stage === 'open') return;
    document.documentElement.lang = this.localizer.locale;
    document.documentElement.dir = this.localizer.direction;
  }

  private async open(): Promise<void> {
    const { visit } = this.page;
    if (this.framed && visit.kind === 'redeem') {
      this.openInFrame(visit.token);
      return;
    }
    this.stage = 'opening';
    try {
      const opened = await (visit.kind === 'resume'
        ? resume(visit.sessionId)
        : this.redeemLink?.(visit.kind === 'redeem' && visit.replaces !== null));
      if (opened) this.show(opened);
    } catch (error) {
      this.settle(error instanceof ApiError ? error.code : '');
    }
  }

  private settle(code: string): void {
    const { visit } = this.page;
    if (code === 'session_conflict' && visit.kind === 'redeem') this.visitAgain(visit.token);
    else if (code === 'session_ended') this.stage = 'ended';
    else this.stage = code === 'session_token_invalid' ? 'used' : 'failed';
  }

  /** Another tab has opened another customer since: the server says whom, and the page asks. The link is still good. */
  private visitAgain(sessionToken: string): void {
    location.replace(`/session/${sessionToken}${location.hash}`);
  }

  private show(opened: OpenedSession): void {
    let first: OpenedSession | null = opened;
    this.returnUrl = opened.session.return_url;
    this.firstSection = opened.session.sections[0] ?? this.firstSection;
    this.source = {
      open: async (signal) => {
        const session = first ?? (await resume(opened.session.id, signal));
        first = null;
        return session;
      },
    };
    this.stage = 'open';
  }

  private openInFrame(sessionToken: string): void {
    this.source = embedSource({ apiUrl: location.origin, sessionToken, fetchSession: null });
    this.stage = 'open';
  }

  private readonly handleHistory = (): void => {
    if (this.portal) this.portal.view = readHash(location.hash);
  };

  /** Going to another section or invoice can be gone back from; narrowing a list replaces the place. */
  private handleView({ view }: HTMLElementEventMap['zenskar-view-change']): void {
    const hash = writeHash(view);
    const before = readHash(location.hash);
    const isMove =
      (before.section ?? this.firstSection) !== view.section || before.invoices.open !== view.invoices.open;
    history[isMove ? 'pushState' : 'replaceState'](null, '', hash);
  }

  /** Nobody around a plain frame brings another session. */
  private handleExpired(): void {
    if (this.framed) this.stage = 'ended';
  }

  private handleReady(): void {
    if (!this.portal || this.portal === this.followed) return;
    this.followed = this.portal;
    followLanguage(this.portal, (locale) => void this.speak(locale));
  }

  private handleSelect({ id }: HTMLElementEventMap['zk-menu-select']): void {
    if (!this.framed) rememberLanguage(id);
  }

  private handleSignOut(): void {
    this.stage = 'signed_out';
  }

  override render(): unknown {
    return this.stage === 'open'
      ? html`<main>
          ${this.localizer ? this.renderHeading(this.localizer.in(hostedMessages)) : nothing}
          <zenskar-portal
            .sessionSource=${this.source}
            .locale=${this.language}
            .view=${readHash(location.hash)}
            @zenskar-view-change=${this.handleView}
            @zenskar-session-expired=${this.handleExpired}
            @zenskar-ready=${this.handleReady}
            @zk-menu-select=${this.handleSelect}
            @zenskar-sign-out=${this.handleSignOut}
          ></zenskar-portal>
        </main>`
      : html`<main class="card" aria-busy=${this.stage === 'opening'}>
          ${this.renderLogo()}${this.localizer ? this.renderStage(this.localizer.in(hostedMessages)) : nothing}
        </main>`;
  }

  private renderHeading(t: HostedWords): TemplateResult {
    return html`<h1 class="visually-hidden">
      ${t('hosted.title', { merchant: this.page.organisation?.name ?? '' })}
    </h1>`;
  }

  private renderLogo(): unknown {
    const { organisation } = this.page;
    const logo = webAddress(organisation?.branding.logo_url ?? null);
    return logo ? html`<img class="logo" src=${logo} alt="" />` : nothing;
  }

  private renderStage(t: HostedWords): TemplateResult {
    switch (this.stage) {
      case 'home':
        return this.renderEnd(t, t('hosted.home'), t('hosted.home_text'));
      case 'asking':
        return this.renderQuestion(t);
      case 'signed_out':
        return this.renderEnd(t, t('hosted.signed_out'), t('hosted.signed_out_text'));
      case 'ended':
        return this.renderEnd(t, t('hosted.ended'), t('hosted.ended_text'));
      case 'unopened':
        return this.renderEnd(t, t('hosted.unopened'), t('hosted.unopened_text'));
      case 'used':
        return this.renderEnd(t, t('hosted.used'), t(this.framed ? 'hosted.framed_text' : 'hosted.used_text'));
      case 'unanswered':
        return this.renderEnd(t, t('hosted.failed'), t('hosted.framed_text'));
      case 'failed':
        return html`<h1>${t('hosted.failed')}</h1>
          <p class="muted" role="alert">${t('hosted.failed_text')}</p>
          <button class="button primary" type="button" @click=${this.open}>${t('hosted.retry')}</button>`;
      default:
        return html`<p class="muted" role="status">${t('hosted.opening')}</p>`;
    }
  }

  private renderQuestion(t: HostedWords): TemplateResult {
    const { visit, organisation } = this.page;
    if (visit.kind !== 'redeem') return html``;
    const customer = visit.customerName;
    return html`
      <h1>
        ${
          visit.replaces === null
            ? t('hosted.continue_title', { merchant: organisation?.name ?? '' })
            : t('hosted.replace_title')
        }
      </h1>
      <p class="muted">
        ${
          visit.replaces === null
            ? t('hosted.continue_text', { customer })
            : t('hosted.replace_text', { current: visit.replaces, customer })
        }
      </p>
      <button class="button primary" type="button" @click=${this.open}>${t('hosted.continue', { customer })}</button>
    `;
  }

  private renderEnd(t: HostedWords, title: string, text: string): TemplateResult {
    const url = webAddress(this.returnUrl);
    const merchant = this.page.organisation?.name ?? '';
    return html`
      <h1>${title}</h1>
      <p class="muted" role="status">${text}</p>
      ${url ? html`<a class="button primary" href=${url}>${t('hosted.return', { merchant })}</a>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-hosted-page': ZkHostedPage;
  }
}
