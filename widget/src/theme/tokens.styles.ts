import { css } from 'lit';

/**
 * The theme, for the top host only: everything below it inherits the internal `--zk-*` properties.
 *
 * - Each public property resolves as: the page's CSS (`--zenskar-*`), then the organisation's branding (an accent, so
 *   far: `--zk-brand-accent`, which the shell adopts in a constructed sheet), then the default.
 * - Colour scheme: without a `theme` attribute the portal follows the page's own `color-scheme`, so that a page that is
 *   only light never holds a dark portal; `theme="auto"` follows the reader's system, `light` and `dark` are fixed.
 * - Readable colours are computed in CSS, so that a live change of a property needs no script. The `y` of `xyz-d65` is
 *   WCAG's relative luminance: on light surfaces a colour is dimmed to a luminance of at most 0.14, on dark ones mixed
 *   with white up to at least 0.4, and text on a filled accent is white below 0.179 and black above (at least 4.5:1
 *   for any accent). Browsers without relative colours keep the colour they were given.
 */
export const tokens = css`
  :host {
    all: initial;
    display: block;
    color-scheme: inherit;
    visibility: inherit;

    --zk-accent: var(--zenskar-accent, var(--zk-brand-accent, light-dark(#4f46e5, #8f8bff)));
    --zk-background: var(--zenskar-background, transparent);
    --zk-surface: var(--zenskar-surface, light-dark(#fff, #1a1b1f));
    --zk-text: var(--zenskar-text, light-dark(#1c1d22, #ececef));
    --zk-muted: var(--zenskar-muted, light-dark(#5c606b, #a5a9b4));
    --zk-border: var(--zenskar-border, light-dark(#e3e4e8, #33353c));
    --zk-danger: var(--zenskar-danger, light-dark(#b3261e, #ff8f87));
    --zk-success: var(--zenskar-success, light-dark(#12703f, #66d19a));
    --zk-warning: var(--zenskar-warning, light-dark(#8a5300, #f0b455));
    --zk-radius: var(--zenskar-radius, 8px);
    --zk-space: var(--zenskar-spacing, 4px);
    --zk-font-size: var(--zenskar-font-size, 14px);

    --zk-accent-text: var(--zk-accent);
    --zk-on-accent: #fff;
    --zk-danger-text: var(--zk-danger);
    --zk-success-text: var(--zk-success);
    --zk-warning-text: var(--zk-warning);
    --zk-hover: color-mix(in srgb, var(--zk-text) 5%, transparent);
    --zk-field-border: color-mix(in srgb, var(--zk-text) 48%, var(--zk-surface));
    --zk-shadow: 0 8px 28px light-dark(rgb(18 20 28 / 14%), rgb(0 0 0 / 55%));
    --zk-focus: 2px solid var(--zk-accent-text);
    --zk-motion: 150ms;

    background: var(--zk-background);
    color: var(--zk-text);
    font-family: var(--zenskar-font-family, inherit);
    font-size: var(--zk-font-size);
    line-height: calc(20 / 14);
    overflow-wrap: break-word;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  @supports (color: color(from red xyz-d65 x y z)) {
    :host {
      --zk-dimmed: xyz-d65 calc(x * min(1, 0.14 / y)) calc(y * min(1, 0.14 / y)) calc(z * min(1, 0.14 / y));
      --zk-lit: xyz-d65 calc(x + (0.95 - x) * max(0, (0.4 - y) / (1 - y)))
        calc(y + (1 - y) * max(0, (0.4 - y) / (1 - y))) calc(z + (1.089 - z) * max(0, (0.4 - y) / (1 - y)));
      --zk-accent-text: light-dark(
        color(from var(--zk-accent) var(--zk-dimmed)),
        color(from var(--zk-accent) var(--zk-lit))
      );
      --zk-danger-text: light-dark(
        color(from var(--zk-danger) var(--zk-dimmed)),
        color(from var(--zk-danger) var(--zk-lit))
      );
      --zk-success-text: light-dark(
        color(from var(--zk-success) var(--zk-dimmed)),
        color(from var(--zk-success) var(--zk-lit))
      );
      --zk-warning-text: light-dark(
        color(from var(--zk-warning) var(--zk-dimmed)),
        color(from var(--zk-warning) var(--zk-lit))
      );
      --zk-on-accent: color(
        from var(--zk-accent) xyz-d65 calc(0.95 * clamp(0, (0.179 - y) * 1000, 1)) clamp(0, (0.179 - y) * 1000, 1)
          calc(1.089 * clamp(0, (0.179 - y) * 1000, 1))
      );
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --zk-motion: 0s;
    }
  }
`;
