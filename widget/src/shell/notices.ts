import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../format/money.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import type { SessionState } from '../session/session-state.ts';
import type { Outline } from '../ui/skeleton/outline.ts';
import { clockIcon } from '../ui/icons/icons.ts';
import { errorState, statePanel } from '../ui/states/states.ts';
import type { Failure } from '../ui/states/states.ts';
import type { ViewContext } from '../ui/view-context.ts';

interface NoticeOptions {
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

/** Until an outline would be seen, only the room that it takes. */
const connecting = ({ ctx, outline, isSlow }: NoticeOptions): TemplateResult => {
  // The first amount takes milliseconds to get ready for; now the session is on its way, and there is time.
  formatMoney(0, 'USD', ctx.locale);
  return html`<div class="room of-${outline}">
    ${isSlow ? html`<zk-outline .ctx=${ctx} .shape=${outline}></zk-outline>` : nothing}
  </div>`;
};

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
