import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatDate, formatDateTime } from '../../format/date.ts';
import type { ViewContext } from '../view-context.ts';

/** An em dash to look at, "None" to hear. */
export const missingValue = ({ localizer }: ViewContext): TemplateResult =>
  html`<span class="muted" aria-hidden="true">—</span
    ><span class="visually-hidden">${localizer.t('value.none')}</span>`;

/** A day in the billing time zone, with the full time in its tooltip. */
export const dateValue = (iso: string | null, ctx: ViewContext): TemplateResult =>
  iso === null
    ? missingValue(ctx)
    : html`<time datetime=${iso} title=${formatDateTime(iso, ctx)}>${formatDate(iso, ctx)}</time>`;
