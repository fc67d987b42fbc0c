import { css } from 'lit';

/** The reset and the few classes every zk-* element starts from. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
    /* Each text reads in its own direction, whichever the page has: "1 open invoice" from right to left says nothing. */
    unicode-bidi: plaintext;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  figure {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: calc(18em / 14);
    line-height: calc(24 / 18);
  }
  h3 {
    font-size: inherit;
  }
  h2,
  h3 {
    font-weight: 600;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: var(--zk-focus);
    outline-offset: 2px;
  }
  .visually-hidden:not(a:focus) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--zk-muted);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .link {
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--zk-accent-text);
    font-weight: 500;
    text-align: var(--zk-start, start);
    text-decoration: none;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button,
  .input {
    min-block-size: calc(var(--zk-space) * 8);
    padding: calc(var(--zk-space) * 1.25) calc(var(--zk-space) * 3);
    border: 1px solid var(--zk-field-border);
    border-radius: var(--zk-radius);
    background: var(--zk-surface);
    color: var(--zk-text);
  }
  .input {
    min-inline-size: 0;
    padding-inline: calc(var(--zk-space) * 2);
    text-align: var(--zk-start, start);
  }
  .input::placeholder {
    color: var(--zk-muted);
    opacity: 1;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--zk-space) * 1.5);
    border-color: color-mix(in srgb, var(--zk-text) 22%, var(--zk-surface));
    font-weight: 500;
    text-decoration: none;
    cursor: pointer;
    transition: background-color var(--zk-motion);
  }
  .button:hover:not(:disabled, [aria-disabled='true']) {
    background: color-mix(in srgb, var(--zk-text) 5%, var(--zk-surface));
  }
  .button.primary {
    border-color: var(--zk-accent-text);
    background: var(--zk-accent);
    color: var(--zk-on-accent);
  }
  .button.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--zk-accent-hover);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    inline-size: calc(var(--zk-space) * 8);
    block-size: calc(var(--zk-space) * 8);
    min-inline-size: 24px;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: var(--zk-radius);
    background: none;
    color: var(--zk-muted);
    cursor: pointer;
    transition: background-color var(--zk-motion);
  }
  .icon-button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--zk-hover);
    color: var(--zk-text);
  }
  :disabled,
  [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  @media (forced-colors: active) {
    :disabled,
    [aria-disabled='true'] {
      opacity: 1;
      color: GrayText;
    }
  }
  svg.directional:dir(rtl) {
    transform: scaleX(-1);
  }
  zk-outline:not(:defined) {
    display: block;
    min-block-size: calc(var(--zk-space) * 250);
  }
`;
