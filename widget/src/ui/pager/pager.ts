import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { chevronEndIcon, chevronStartIcon, icon } from '../icons/icons.ts';
import type { ViewContext } from '../view-context.ts';

export const pageSizes = [10, 25, 50, 100] as const;

/** "1–25 of 312", the way to the neighbouring pages, and how many rows a page has. */
export const pager = (options: {
  ctx: ViewContext;
  /** Number of the first row shown, from 1. */
  first: number;
  shown: number;
  total: number;
  size: number;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onSize: (size: number) => void;
}): TemplateResult => {
  const { t } = options.ctx.localizer;
  const handleSize = (event: Event): void => options.onSize(Number((event.target as HTMLSelectElement).value));
  const step = (label: string, path: string, handle: (() => void) | null): TemplateResult => html`
    <button class="icon-button" type="button" aria-label=${label} aria-disabled=${!handle} @click=${() => handle?.()}>
      ${icon(path, 'directional')}
    </button>
  `;
  return html`
    <nav class="pager" aria-label=${t('pager.label')}>
      <label class="muted">
        <span>${t('pager.size')}</span>
        <select class="input" @change=${handleSize}>
          ${pageSizes.map((size) => html`<option value=${size} ?selected=${size === options.size}>${size}</option>`)}
        </select>
      </label>
      <div class="steps">
        <span class="range number">
          ${t('pager.range', {
            first: options.first,
            last: options.first + options.shown - 1,
            total: options.total,
          })}
        </span>
        ${step(t('pager.previous'), chevronStartIcon, options.onPrevious)}
        ${step(t('pager.next'), chevronEndIcon, options.onNext)}
      </div>
    </nav>
  `;
};
