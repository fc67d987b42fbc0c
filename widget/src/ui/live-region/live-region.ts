import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Announces a change of its text politely. Keep it in the page from the first draw on: a new region is not announced. */
export const liveRegion = (text: string): TemplateResult =>
  html`<div class="visually-hidden" role="status" data-live>${text}</div>`;
