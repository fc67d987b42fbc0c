import type { AuditEvent } from '#contract/audit.ts';
import { html } from 'lit';
import type { Column } from '../../../../widget/src/ui/data-table/data-table.ts';
import { listParameters } from '../../../../widget/src/ui/list-view/list-state.ts';
import type { ListState } from '../../../../widget/src/ui/list-view/list-state.ts';
import { missingValue } from '../../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import type { ListDefinition } from '../list/console-list.ts';
import { customerPath } from '../route.ts';
import { timeValue } from '../time-value.ts';
import { actionDetail } from './activity-detail.ts';
import { actorOptions, actorWord, groupOptions } from './activity-words.ts';
import { activityMessages } from './activity.en.ts';

const queryOf = (state: ListState, customerId: string | undefined): object => {
  const { search, chosen, from, to } = state.filter;
  return {
    ...listParameters(state),
    ...(search && { search }),
    ...(chosen['group']?.length && { group__in: chosen['group'] }),
    ...(chosen['actor']?.length && { actor_type__in: chosen['actor'] }),
    ...(from && { created_at__gte: from }),
    ...(to && { created_at__lte: to }),
    ...(customerId && { customer_id: customerId }),
  };
};

const columnsOf = (ctx: ViewContext, customerId: string | undefined): Column<AuditEvent>[] => {
  const t = ctx.localizer.in(activityMessages);
  const columns: Column<AuditEvent>[] = [
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
    { key: 'action', label: t('activity.what'), cell: (event) => actionDetail(event, ctx) },
  ];
  const customer: Column<AuditEvent> = {
    key: 'customer',
    label: t('activity.customer'),
    cell: ({ customer: about }) =>
      about ? html`<a class="link" href=${customerPath(about.id)}>${about.customer_name}</a>` : missingValue(ctx),
  };
  return customerId === undefined ? [...columns, customer] : columns;
};

/** Who did what in the organisation, or what concerns one customer; the latest first. */
export const activityList = (client: ConsoleClient, customerId?: string): ListDefinition<AuditEvent> => ({
  key: 'activity',
  sort: { key: 'created_at', isDescending: true },
  load: (state, signal) => client.call('GET /console/api/activity', { query: queryOf(state, customerId), signal }),
  describe: (ctx) => {
    const { localizer } = ctx;
    const t = localizer.in(activityMessages);
    return {
      table: { label: localizer.in(consoleMessages)('activity.title'), columns: columnsOf(ctx, customerId) },
      filters: {
        searchLabel: t('activity.search'),
        dateLabel: t('activity.when'),
        choices: [
          { key: 'group', label: t('activity.about'), options: groupOptions(localizer) },
          { key: 'actor', label: t('activity.who'), options: actorOptions(localizer) },
        ],
      },
      texts: {
        count: (count) => t('activity.count', { count }),
        empty: { title: t('activity.empty'), text: t('activity.empty_text') },
        noMatch: { title: t('activity.no_match'), text: t('activity.no_match_text') },
      },
    };
  },
});
