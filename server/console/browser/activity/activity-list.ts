import type { AuditEvent } from '#contract/audit.ts';
import { html } from 'lit';
import { listParameters } from '../../../../widget/src/ui/list-view/list-state.ts';
import { missingValue } from '../../../../widget/src/ui/value/value.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import type { ListDefinition } from '../list/console-list.ts';
import { customerPath } from '../route.ts';
import { timeValue } from '../time-value.ts';
import { actionText, actorWord } from './activity-words.ts';

/** Who did what in the organisation, the latest first. */
export const activityList = (client: ConsoleClient): ListDefinition<AuditEvent> => ({
  key: 'activity',
  sort: { key: 'created_at', isDescending: true },
  load: (state, signal) => client.call('GET /console/api/activity', { query: listParameters(state), signal }),
  describe: (ctx) => {
    const t = ctx.localizer.in(consoleMessages);
    const empty = { title: t('activity.empty'), text: t('activity.empty_text') };
    return {
      table: {
        label: t('activity.title'),
        columns: [
          {
            key: 'created_at',
            label: t('activity.when'),
            isSortable: true,
            cell: (event) => timeValue(event.created_at, ctx),
          },
          {
            key: 'actor',
            label: t('activity.who'),
            cell: (event) =>
              html`<span class="lines">
                <span>${event.actor_name}</span>
                <span class="muted note">${actorWord(event.actor_type, ctx.localizer)}</span>
              </span>`,
          },
          { key: 'action', label: t('activity.what'), cell: (event) => actionText(event, ctx) },
          {
            key: 'customer',
            label: t('activity.customer'),
            cell: ({ customer }) =>
              customer
                ? html`<a class="link" href=${customerPath(customer.id)}>${customer.customer_name}</a>`
                : missingValue(ctx),
          },
        ],
      },
      texts: { count: (count) => t('activity.count', { count }), empty, noMatch: empty },
    };
  },
});
