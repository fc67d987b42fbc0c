import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';

/** How much of a total is used. `text` is what a screen reader says; 0.8 and 1 change the colour. */
export const meter = (options: { label: string; value: number; max: number; text: string }): TemplateResult => {
  const share = options.max > 0 ? Math.min(1, Math.max(0, options.value / options.max)) : 1;
  const level = share >= 1 ? 'full' : share >= 0.8 ? 'high' : '';
  return html`
    <div
      part="meter"
      class="meter ${level}"
      role="meter"
      aria-label=${options.label}
      aria-valuemin="0"
      aria-valuemax=${options.max}
      aria-valuenow=${Math.min(options.value, options.max)}
      aria-valuetext=${options.text}
    >
      <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect width=${Math.round(share * 1000)} height="1"></rect>`}
      </svg>
    </div>
  `;
};
