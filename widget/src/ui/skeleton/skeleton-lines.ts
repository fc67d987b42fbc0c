import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ViewContext } from '../view-context.ts';

/** A skeleton of running content: a title and a few lines. */
export const skeletonLines = (options: { ctx: ViewContext; lines: number }): TemplateResult => html`
  <div class="skeleton lines" role="status">
    <span class="visually-hidden">${options.ctx.localizer.t('state.loading')}</span>
    ${Array.from({ length: options.lines }, () => html`<i></i>`)}
  </div>
`;
