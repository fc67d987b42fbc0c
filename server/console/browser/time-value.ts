import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatDateTime } from '../../../widget/src/format/date.ts';
import { missingValue } from '../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../widget/src/ui/view-context.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `23 Nov 2026, 14:05`: for what happened several times a day. */
export const timeValue = (iso: string | null, ctx: ViewContext): TemplateResult => {
  if (iso === null) return missingValue(ctx);
  const key = `${ctx.locale} ${ctx.timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: ctx.timeZone } as const;
    formatters.set(key, (formatter = new Intl.DateTimeFormat(ctx.locale, style)));
  }
  return html`<time datetime=${iso} title=${formatDateTime(iso, ctx)}>${formatter.format(new Date(iso))}</time>`;
};
