import { css } from 'lit';

/**
 * The theme, for the top host only: everything below it inherits the internal `--zk-*` properties.
 *
 * - Each public property resolves as: the page's CSS (`--zenskar-*`), then the organisation's branding (`--zk-brand-*`,
 *   which the shell adopts in a constructed sheet), then a default that follows from the others: a page that sets only
 *   its text, its surface or its background gets the rest in light or dark to match.
 * - Colour scheme: without a `theme` attribute the portal follows the page's own `color-scheme`, so that a page that is
 *   only light never holds a dark portal; `theme="auto"` follows the reader's system, `light` and `dark` are fixed.
 * - Readable colours are computed in CSS, so that a live change of a property needs no script. The `y` of `xyz-d65` is
 *   WCAG's relative luminance. `--zk-ground` carries, as its alpha, the luminance of the ground that text has to stand
 *   out from: surface or background, whichever is harder. Mixed with an opaque colour it leaves `(1 + ground) / 2` as
 *   alpha, so that one relative colour sees both: `--zk-readable` dims the colour on a light ground, and mixes it with
 *   white on a dark one, no further than 6:1. That leaves 4.5:1 where the ground is tinted: pills, banners, hovered
 *   rows. Text on a filled accent is white below a luminance of 0.179 and black above: at least 4.5:1 for any accent.
 * - Opaque is written `max(1, alpha)`: Firefox drops a plain `1` where a property is used in another one or below the
 *   host, and takes the origin's alpha.
 * - Browsers without relative colours keep the colours that they were given.
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
    --zk-quiet: var(--zenskar-muted, color-mix(in srgb, var(--zk-text) 70%, var(--zk-surface)));
    --zk-muted: var(--zk-quiet);
    --zk-border: var(--zenskar-border, color-mix(in srgb, var(--zk-text) 12%, var(--zk-surface)));
    --zk-danger: var(--zenskar-danger, light-dark(#b3261e, #ff8f87));
    --zk-success: var(--zenskar-success, light-dark(#12703f, #66d19a));
    --zk-warning: var(--zenskar-warning, light-dark(#8a5300, #f0b455));
    --zk-radius: var(--zenskar-radius, var(--zk-brand-radius, 8px));
    --zk-space: var(--zenskar-spacing, 4px);
    --zk-font-size: var(--zenskar-font-size, 14px);

    --zk-accent-text: var(--zk-accent);
    --zk-on-accent: #fff;
    --zk-accent-hover: var(--zk-accent);
    --zk-danger-text: var(--zk-danger);
    --zk-success-text: var(--zk-success);
    --zk-warning-text: var(--zk-warning);
    --zk-hover: color-mix(in srgb, var(--zk-text) 5%, transparent);
    --zk-field-border: color-mix(in srgb, var(--zk-muted) 80%, var(--zk-surface));
    --zk-shadow: 0 8px 28px light-dark(rgb(18 20 28 / 14%), rgb(0 0 0 / 55%));
    --zk-focus: 2px solid var(--zk-accent-text);
    --zk-motion: 150ms;

    background: var(--zk-background);
    color: var(--zk-text);
    font-family: var(--zenskar-font-family, var(--zk-brand-font, inherit));
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
      --zk-surface: var(
        --zenskar-surface,
        oklch(
          from
            var(
              --zenskar-text,
              color(
                from color-mix(in srgb, var(--zenskar-background, transparent) 99%, light-dark(#fff, #000)) srgb
                  calc(1 - r) calc(1 - g) calc(1 - b)
              )
            )
            calc(0.22 + 0.78 * clamp(0, (0.6 - l) * 1000, 1)) calc(0.008 * l) 274 / max(1, alpha)
        )
      );
      --zk-background: var(
        --zenskar-background,
        light-dark(
          oklch(from var(--zenskar-surface, transparent) l c h / calc(alpha * (0.6 - l) * 1000)),
          oklch(from var(--zenskar-surface, transparent) l c h / calc(alpha * (l - 0.6) * 1000))
        )
      );
      --zk-ground: color(
        from
          color-mix(
            in xyz-d65,
            color(
              from color-mix(in xyz-d65, var(--zk-background) 99%, var(--zk-surface)) xyz-d65 calc(2 * y) 0 0 /
                max(1, alpha)
            ),
            color(from var(--zk-surface) xyz-d65 0 calc(2 * y) 0 / max(1, alpha))
          )
          xyz-d65 0 0 0 / clamp(min(x, y), (0.358 - x - y) * 1000, max(x, y))
      );
      --zk-is-dark: clamp(0, (0.5895 - alpha) * 1000, 1);
      --zk-white: var(--zk-is-dark) * clamp(0, (12 * alpha - 5.75 - 2 * alpha * y) / (1 - 2 * alpha * y), 1);
      --zk-share: min(2 * alpha, max(0, alpha / 3 - 0.2083, 9 * var(--zk-is-dark)) / y) * (1 - var(--zk-white));
      --zk-readable: xyz-d65 calc(x * var(--zk-share) + 0.95 * var(--zk-white))
        calc(y * var(--zk-share) + var(--zk-white)) calc(z * var(--zk-share) + 1.089 * var(--zk-white)) / max(1, alpha);
      --zk-text: var(
        --zenskar-text,
        color(
          from
            color-mix(
              in xyz-d65,
              oklch(
                from var(--zk-ground) calc(0.944 - 0.714 * clamp(0, (alpha - 0.179) * 1000, 1)) 0.008 274 /
                  max(1, alpha)
              ),
              var(--zk-ground)
            )
            var(--zk-readable)
        )
      );
      --zk-muted: color(from color-mix(in xyz-d65, var(--zk-quiet), var(--zk-ground)) var(--zk-readable));
      --zk-accent-text: color(from color-mix(in xyz-d65, var(--zk-accent), var(--zk-ground)) var(--zk-readable));
      --zk-danger-text: color(from color-mix(in xyz-d65, var(--zk-danger), var(--zk-ground)) var(--zk-readable));
      --zk-success-text: color(from color-mix(in xyz-d65, var(--zk-success), var(--zk-ground)) var(--zk-readable));
      --zk-warning-text: color(from color-mix(in xyz-d65, var(--zk-warning), var(--zk-ground)) var(--zk-readable));
      --zk-on-accent: color(
        from var(--zk-accent) xyz-d65 calc(0.95 * clamp(0, (0.179 - y) * 1000, 1)) clamp(0, (0.179 - y) * 1000, 1)
          calc(1.089 * clamp(0, (0.179 - y) * 1000, 1))
      );
      --zk-accent-hover: color-mix(
        in srgb,
        var(--zk-accent) 90%,
        color(from var(--zk-on-accent) srgb calc(1 - r) calc(1 - g) calc(1 - b))
      );
    }
  }
  @media print {
    :host {
      color-scheme: light !important;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --zk-motion: 0s;
    }
  }
`;

const colors =
  'ground background surface text muted border field-border hover accent accent-text accent-hover on-accent danger-text ' +
  'success-text warning-text';

// As colours they are computed once, at the host; as mere text, anew for each of a thousand elements.
for (const name of colors.split(' ')) {
  try {
    CSS.registerProperty({ name: `--zk-${name}`, syntax: '<color>', inherits: true, initialValue: '#000' });
  } catch {
    // Another copy of the script has done so, or there is no browser.
  }
}
