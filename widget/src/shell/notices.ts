import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../format/money.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import type { SessionState } from '../session/session-state.ts';
import { skeletonRows } from '../ui/skeleton/skeleton.ts';
import { alertIcon, clockIcon, icon, offlineIcon } from '../ui/icons/icons.ts';
import type { ViewContext } from '../ui/view-context.ts';

/** What an outline is of. */
export type Outline = 'portal' | 'portal-without-header' | 'section' | 'summary';

export interface NoticeOptions {
  ctx: ViewContext;
  state: Exclude<SessionState, { status: 'ready' }>;
  /** The hosted page's way back; null in the merchant's own page. */
  returnTo: { url: string; merchant: string } | null;
  /** Null: only loading the page again brings a session. */
  reopen: (() => void) | null;
  outline: Outline;
  /** Opening has taken so long that the customer sees that something is on its way. */
  isSlow: boolean;
}

/** What stands in place of the portal while there is no session. */
export const notice = (options: NoticeOptions): TemplateResult => {
  switch (options.state.status) {
    case 'connecting':
      return connecting(options);
    case 'expired':
      return expired(options, options.state.reason);
    case 'failed':
      return failed(options, options.state.error);
  }
};

/** The outline of the portal, in the places where it will be. Until it would be seen, only its room. */
const connecting = ({ ctx, outline, isSlow }: NoticeOptions): TemplateResult => {
  // The first amount takes milliseconds to get ready for; now the session is on its way, and there is time.
  formatMoney(0, 'USD', ctx.locale);
  const isPortal = outline.startsWith('portal');
  return html`<div class=${outline === 'summary' ? nothing : 'room'}>
    ${
      isSlow
        ? html`${outline === 'portal' ? bars(2, '') : nothing} ${outline === 'section' ? nothing : bars(4, 'tall')}
          ${isPortal ? bars(3, '') : nothing}
          ${outline === 'summary' ? nothing : skeletonRows({ ctx, rows: 8, columns: 5 })}`
        : nothing
    }
  </div>`;
};

const bars = (count: number, className: string): TemplateResult => html`
  <div class="skeleton bars ${className}">${Array.from({ length: count }, () => html`<i></i>`)}</div>
`;

function expired({ ctx, returnTo, reopen }: NoticeOptions, reason: string | null): TemplateResult {
  const t = ctx.localizer.in(shellMessages);
  const isSignedOut = reason === 'signed_out';
  return html`
    <div part="notice" class="state" role="status">
      ${icon(clockIcon)}
      <h2 class="state-title">${t(isSignedOut ? 'session.signed_out' : 'session.expired')}</h2>
      <p class="muted">${t(isSignedOut ? 'session.signed_out_text' : 'session.expired_text')}</p>
      ${
        returnTo
          ? html`<a part="primary-button" class="button primary" href=${returnTo.url}
              >${t('shell.return', { merchant: returnTo.merchant })}</a
            >`
          : html`<button part="primary-button" class="button primary" type="button" @click=${reopen ?? reloadPage}>
              ${t(reopen ? 'session.continue' : 'session.reload')}
            </button>`
      }
    </div>
  `;
}

function failed(
  { ctx, reopen }: NoticeOptions,
  { code, requestId }: { code: string; requestId: string | null },
): TemplateResult {
  const { t } = ctx.localizer;
  const own = ctx.localizer.in(shellMessages);
  const isOffline = code === 'offline' || !navigator.onLine;
  return html`
    <div part="notice" class="state" role="alert">
      ${icon(isOffline ? offlineIcon : alertIcon)}
      <h2 class="state-title">${isOffline ? t('state.offline') : own('session.failed')}</h2>
      <p class="muted">${isOffline ? t('state.offline_text') : own('session.failed_text')}</p>
      ${requestId ? html`<p class="muted note">${t('state.request_id', { id: requestId })}</p>` : nothing}
      <button part="button" class="button" type="button" @click=${reopen ?? reloadPage}>${t('action.retry')}</button>
    </div>
  `;
}

const reloadPage = (): void => location.reload();
