import type { ConsolePortalSession } from '#contract/console.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { listParameters } from '../../../../widget/src/ui/list-view/list-state.ts';
import { statusPill, statusWord } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import type { Tone } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import { missingValue } from '../../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import type { ListDefinition } from '../list/console-list.ts';
import { timeValue } from '../time-value.ts';

const tones: Record<ConsolePortalSession['status'], Tone> = {
  active: 'success',
  pending: 'pending',
  expired: 'neutral',
  ended: 'neutral',
};

/** The portal sessions of one customer. */
export const sessionList = (client: ConsoleClient, customerId: string): ListDefinition<ConsolePortalSession> => ({
  key: 'sessions',
  sort: { key: 'created_at', isDescending: true },
  load: (state, signal) =>
    client.call('GET /console/api/customers/:customer_id/sessions', {
      params: { customer_id: customerId },
      query: listParameters(state),
      signal,
    }),
  describe: (ctx) => {
    const t = ctx.localizer.in(consoleMessages);
    const empty = { title: t('sessions.empty'), text: t('sessions.empty_text') };
    return {
      table: {
        label: t('sessions.title'),
        columns: [
          {
            key: 'created_at',
            label: t('sessions.created'),
            isSortable: true,
            cell: (session) => timeValue(session.created_at, ctx),
          },
          { key: 'status', label: t('sessions.status'), card: 'corner', cell: (session) => status(session, ctx) },
          { key: 'created_by', label: t('sessions.created_by'), cell: (session) => session.created_by },
          {
            key: 'access',
            label: t('sessions.access'),
            from: 'wide',
            cell: (session) => t(session.read_only ? 'sessions.read_only' : 'sessions.full'),
          },
          {
            key: 'origin',
            label: t('sessions.opened_on'),
            from: 'medium',
            cell: (session) => session.origin ?? missingValue(ctx),
          },
          {
            key: 'last_active_at',
            label: t('sessions.last_active'),
            cell: (session) => timeValue(session.last_active_at, ctx),
          },
          {
            key: 'session_key',
            label: t('sessions.reference'),
            from: 'wide',
            card: 'hidden',
            cell: (session) =>
              session.session_key ? html`<span class="code">${session.session_key}</span>` : missingValue(ctx),
          },
        ],
      },
      texts: { count: (count) => t('sessions.count', { count }), empty, noMatch: empty },
    };
  },
});

function status({ status: standing, end_reason: reason }: ConsolePortalSession, ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(consoleMessages);
  return html`<span class="lines">
    ${statusPill(tones[standing], t(`sessions.${standing}`))}
    ${reason === null ? nothing : html`<span class="muted note">${reasonWord(reason, ctx)}</span>`}
  </span>`;
}

function reasonWord(reason: string, ctx: ViewContext): string {
  const key = `sessions.reason_${reason}`;
  return isReasonKey(key) ? ctx.localizer.in(consoleMessages)(key) : statusWord(reason);
}

type ReasonKey = Extract<keyof typeof consoleMessages, `sessions.reason_${string}`>;
const isReasonKey = (key: string): key is ReasonKey => key in consoleMessages;
