import type { Branding } from '#contract/branding.ts';
import type { OpenedSession } from '#contract/sessions.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../../../widget/src/define.ts';
import type { SessionSource } from '../../../../widget/src/session/session-source.ts';
import { brandingCss } from '../../../../widget/src/shell/branding.ts';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { brandingMessages } from './branding.en.ts';
import { brandingPreviewStyles } from './branding-preview.styles.ts';
import { choices } from './choices.ts';
import { choicesStyles } from './choices.styles.ts';
import { exampleCustomer, examplePortal } from './example-records.ts';

/** Nobody renews the session of a preview. */
const dayInSeconds = 86_400;

/**
 * @summary The portal of a made-up customer, in the look that is given. All but the logo is put on from outside, so that
 * the portal stays where it is while somebody moves a slider.
 */
export class ZkBrandingPreview extends LitElement {
  static override styles = [base, choicesStyles, brandingPreviewStyles];

  @state() private page: 'light' | 'dark' = 'light';
  @state() private width: 'wide' | 'phone' = 'wide';

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) branding!: Branding;
  @property({ attribute: false }) organisation!: { id: string; name: string };

  private readonly lookSheet = new CSSStyleSheet();
  private source: SessionSource | null = null;
  private shownLogo: string | null | undefined;

  override createRenderRoot(): ReturnType<LitElement['createRenderRoot']> {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.lookSheet);
    return root;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('branding')) return;
    this.lookSheet.replaceSync(brandingCss({ ...this.branding, theme: null }).replace(':host', 'zenskar-portal'));
    const { logo_url: logo } = this.branding;
    if (this.source === null || logo !== this.shownLogo) this.source = this.sourceWith(logo);
    this.shownLogo = logo;
  }

  private sourceWith(logo: string | null): SessionSource {
    const { organisation } = this;
    const branding: Branding = { logo_url: logo, accent: null, radius: null, font_family: null, theme: null };
    const opened: OpenedSession = {
      access_token: '',
      expires_in: dayInSeconds,
      session_expires_in: dayInSeconds,
      session: {
        id: exampleCustomer.id,
        sections: ['invoices', 'payments', 'entitlements', 'profile'],
        read_only: false,
        staff_view: null,
        return_url: null,
        locale: this.ctx.locale,
        time_zone: 'UTC',
        organisation: { ...organisation, branding },
        customer: exampleCustomer,
      },
      preload: null,
    };
    return { open: () => Promise.resolve(opened), api: examplePortal(organisation.name, Date.now()) };
  }

  /** A theme that is fixed is what the page around it is made for. */
  private get scheme(): 'light' | 'dark' {
    const { theme } = this.branding;
    return theme === 'light' || theme === 'dark' ? theme : this.page;
  }

  override render(): TemplateResult {
    const t = this.ctx.localizer.in(brandingMessages);
    const { theme } = this.branding;
    const isFixed = theme === 'light' || theme === 'dark';
    return html`
      <div class="controls">
        <h2>${t('branding.preview')}</h2>
        ${choices({
          name: 'page',
          legend: t('branding.preview_page'),
          isLegendHidden: true,
          options: [
            { value: 'light', label: t('branding.preview_light') },
            { value: 'dark', label: t('branding.preview_dark') },
          ],
          selected: this.scheme,
          isDisabled: isFixed,
          onSelect: (value) => (this.page = value),
        })}
        ${choices({
          className: 'width',
          name: 'width',
          legend: t('branding.preview_width'),
          isLegendHidden: true,
          options: [
            { value: 'wide', label: t('branding.preview_wide') },
            { value: 'phone', label: t('branding.preview_phone') },
          ],
          selected: this.width,
          onSelect: (value) => (this.width = value),
        })}
      </div>
      <div class="window ${this.scheme} ${this.width}" role="region" aria-label=${t('branding.preview_portal')}>
        ${
          this.source === null
            ? nothing
            : html`<zenskar-portal .sessionSource=${this.source} .locale=${this.ctx.locale}></zenskar-portal>`
        }
      </div>
      <p class="muted">${t('branding.preview_text')}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-branding-preview': ZkBrandingPreview;
  }
}
