import type { StaffSession } from '#contract/console.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ApiError } from '../../../../widget/src/api/api-error.ts';
import type { Localizer } from '../../../../widget/src/i18n/localize.ts';
import { banner } from '../../../../widget/src/ui/banner/banner.ts';
import { bannerStyles } from '../../../../widget/src/ui/banner/banner.styles.ts';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import { loginPageStyles } from './login-page.styles.ts';

/** Somebody has logged in. */
export class LoginEvent extends Event {
  readonly session: StaffSession;

  constructor(session: StaffSession) {
    super('zk-login', { bubbles: true, composed: true });
    this.session = session;
  }
}

type Field = 'email' | 'password';

/**
 * @summary Asks for e-mail address and password.
 * @event zk-login - Somebody has logged in; `event.session` says who.
 */
export class ZkLoginPage extends LitElement {
  static override styles = [base, bannerStyles, loginPageStyles];

  @query('form') private form!: HTMLFormElement;

  @state() private isBusy = false;
  @state() private problem = '';
  @state() private missing: readonly Field[] = [];

  @property({ attribute: false }) localizer!: Localizer;
  @property({ attribute: false }) client!: ConsoleClient;
  /** A session has ended while somebody was at work. */
  @property({ attribute: false }) hasEnded = false;
  /** Fills in who was logged in. */
  @property({ attribute: false }) email = '';

  override firstUpdated(): void {
    this.focusOn(this.email ? 'password' : 'email');
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('missing') && this.missing[0]) this.focusOn(this.missing[0]);
  }

  private focusOn(field: Field): void {
    this.renderRoot.querySelector<HTMLInputElement>(`#${field}`)?.focus();
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const data = new FormData(this.form);
    const email = String(data.get('email') ?? '').trim();
    const password = String(data.get('password') ?? '');
    this.problem = '';
    this.missing = [...(email ? [] : ['email' as const]), ...(password ? [] : ['password' as const])];
    if (this.missing.length > 0) return;
    this.isBusy = true;
    try {
      const session = await this.client.attempt('POST /console/api/login', { body: { email, password } });
      this.dispatchEvent(new LoginEvent(session));
    } catch (error) {
      this.problem = this.problemOf(error);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('#password')?.select();
    } finally {
      this.isBusy = false;
    }
  }

  private problemOf(error: unknown): string {
    const t = this.localizer.in(consoleMessages);
    switch (error instanceof ApiError ? error.code : '') {
      case 'login_failed':
      case 'request_invalid':
        return t('login.failed');
      case 'rate_limited':
        return t('login.limited');
      case 'origin_not_allowed':
        return t('login.forbidden', { address: location.origin });
      case 'offline':
      case 'network_error':
      case 'timeout':
        return t('login.offline');
      default:
        return t('login.error');
    }
  }

  override render(): unknown {
    const t = this.localizer.in(consoleMessages);
    return html`
      <form novalidate @submit=${this.handleSubmit}>
        <h1>${t('login.title')}</h1>
        ${this.hasEnded && !this.problem ? banner('neutral', t('login.ended')) : nothing}
        ${this.problem ? banner('danger', this.problem) : nothing}
        ${this.renderField('email', 'email', 'username', this.email)}
        ${this.renderField('password', 'password', 'current-password', '')}
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${this.isBusy ? t('login.busy') : t('login.submit')}
        </button>
      </form>
    `;
  }

  private renderField(field: Field, type: string, autocomplete: AutoFill, value: string): unknown {
    const t = this.localizer.in(consoleMessages);
    const isMissing = this.missing.includes(field);
    return html`
      <div class="field">
        <label for=${field}>${t(`login.${field}`)}</label>
        <input
          class="input"
          id=${field}
          name=${field}
          type=${type}
          autocomplete=${autocomplete}
          autocapitalize="none"
          spellcheck="false"
          required
          value=${value}
          aria-invalid=${isMissing}
          aria-describedby=${isMissing ? `${field}-problem` : nothing}
        />
        ${isMissing ? html`<p class="problem" id="${field}-problem">${t(`login.${field}_missing`)}</p>` : nothing}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-login-page': ZkLoginPage;
  }
  interface HTMLElementEventMap {
    'zk-login': LoginEvent;
  }
}
