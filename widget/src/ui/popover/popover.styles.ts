import { css } from 'lit';

/** The floating surface of a popover inside the element, or of the element when it is one itself. */
export const popoverStyles = css`
  [popover],
  :host([popover]) {
    position: fixed;
    inset: 0 auto auto 0;
    inline-size: max-content;
    min-inline-size: calc(var(--zk-space) * 45);
    max-inline-size: min(320px, 100vw - 16px);
    max-block-size: min(420px, 100vh - 16px);
    margin: 0;
    padding: var(--zk-space);
    overflow: auto;
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
    background: var(--zk-surface);
    color: var(--zk-text);
    box-shadow: var(--zk-shadow);
  }
`;
