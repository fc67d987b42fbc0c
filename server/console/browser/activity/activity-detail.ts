import type { AuditEvent } from '#contract/audit.ts';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { formatMoney } from '../../../../widget/src/format/money.ts';
import { statusWord } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { activityMessages } from './activity.en.ts';
import { actionText, actorWord, fieldList } from './activity-words.ts';

type Fact = [label: string, value: unknown];

const code = (text: string): TemplateResult => html`<span class="code">${text}</span>`;

const isCode = (name: string, text: string): boolean => /(^|_)id$/.test(name) || /^[a-z]+:\/\//.test(text);

function valueOf(name: string, value: unknown, { localizer, locale }: ViewContext): unknown {
  const t = localizer.in(activityMessages);
  switch (typeof value) {
    case 'boolean':
      return t(value ? 'activity.yes' : 'activity.no');
    case 'number':
      return new Intl.NumberFormat(locale).format(value);
    case 'string':
      return isCode(name, value) ? code(value) : value;
    default:
      return Array.isArray(value) ? fieldList(value, locale) : code(JSON.stringify(value));
  }
}

function detailFacts(detail: Record<string, unknown>, ctx: ViewContext): Fact[] {
  const { amount, currency, ...others } = detail;
  const isMoney = typeof amount === 'number' && typeof currency === 'string';
  const plain = Object.entries(isMoney ? others : detail).filter(([, value]) => value !== null && value !== '');
  const facts = plain.map(([name, value]): Fact => [
    statusWord(name).replace(/ id$/, ' ID'),
    valueOf(name, value, ctx),
  ]);
  const label = ctx.localizer.in(activityMessages)('activity.amount');
  return isMoney ? [[label, formatMoney(amount, currency, ctx.locale)], ...facts] : facts;
}

function factsOf(event: AuditEvent, ctx: ViewContext): Fact[] {
  const t = ctx.localizer.in(activityMessages);
  const actor = actorWord(event.actor_type, ctx.localizer);
  return [
    ...detailFacts(event.detail ?? {}, ctx),
    [t('activity.action'), code(event.action)],
    [t('activity.entry'), new Intl.NumberFormat(ctx.locale).format(event.sequence)],
    ...(event.actor_id === null ? [] : [[t('activity.actor_id', { actor }), code(event.actor_id)] satisfies Fact]),
    ...(event.request_id === null ? [] : [[t('activity.request'), code(event.request_id)] satisfies Fact]),
  ];
}

/** What was done in words; unfolded, everything that was written down of it. */
export const actionDetail = (event: AuditEvent, ctx: ViewContext): unknown =>
  keyed(
    event.id,
    html`<details>
      <summary>${actionText(event, ctx)}</summary>
      <dl>
        ${factsOf(event, ctx).map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </details>`,
  );
