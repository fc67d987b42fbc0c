import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../format/money.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import type { SessionState } from '../session/session-state.ts';
import { skeletonRows } from '../ui/skeleton/skeleton.ts';
import { clockIcon } from '../ui/icons/icons.ts';
import { errorState, statePanel } from '../ui/states/states.ts';
import type { Failure } from '../ui/states/states.ts';
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
  return html`<div class="room ${outline}">
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
  const key = reason === 'signed_out' ? 'session.signed_out' : 'session.expired';
  return statePanel({
    shape: clockIcon,
    title: t(key),
    text: t(`${key}_text`),
    role: 'status',
    part: 'notice',
    action: returnTo
      ? { label: t('shell.return', { merchant: returnTo.merchant }), href: returnTo.url }
      : { label: t(reopen ? 'session.continue' : 'session.reload'), handle: reopen ?? reloadPage },
  });
}

function failed({ ctx, reopen }: NoticeOptions, { code, requestId }: Failure): TemplateResult {
  const t = ctx.localizer.in(shellMessages);
  return errorState({
    localizer: ctx.localizer,
    failure: { code: navigator.onLine ? code : 'offline', requestId },
    words: { title: t('session.failed'), text: t('session.failed_text') },
    retry: reopen ?? reloadPage,
    part: 'notice',
  });
}

const reloadPage = (): void => location.reload();
