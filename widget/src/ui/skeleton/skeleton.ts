import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ViewContext } from '../view-context.ts';

/**
 * Grey bars in the place of rows. They take the space of a full page at once, so that nothing moves when the rows come,
 * and are seen only after 150 ms, so that a quick answer does not flicker.
 */
export const skeletonRows = (options: { ctx: ViewContext; rows: number; columns: number }): TemplateResult => html`
  <div class="skeleton rows ${options.ctx.dense ? 'dense' : ''}" role="status">
    <span class="visually-hidden">${options.ctx.localizer.t('state.loading')}</span>
    ${Array.from(
      { length: options.rows },
      () => html`<div class="skeleton-row">${Array.from({ length: options.columns }, () => html`<i></i>`)}</div>`,
    )}
  </div>
`;
