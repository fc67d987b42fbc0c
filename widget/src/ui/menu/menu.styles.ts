import { css } from 'lit';

export const menuStyles = css`
  :host {
    display: inline-block;
  }
  :host([boxed]) .menu-button {
    border: 1px solid color-mix(in srgb, var(--zk-text) 22%, var(--zk-surface));
    font-weight: 500;
  }
  [role^='menuitem'] {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 2);
    inline-size: 100%;
    padding: calc(var(--zk-space) * 1.5) calc(var(--zk-space) * 2);
    border: 0;
    border-radius: calc(var(--zk-radius) - 3px);
    background: none;
    color: inherit;
    text-align: var(--zk-start, start);
    text-decoration: none;
    cursor: pointer;
  }
  [role^='menuitem']:hover,
  [role^='menuitem']:focus {
    background: var(--zk-hover);
  }
  [role^='menuitem']:focus-visible {
    outline-offset: -2px;
  }
  .back {
    justify-content: start;
    color: var(--zk-muted);
  }
  .separated {
    position: relative;
    margin-block-start: calc(var(--zk-space) * 2 + 1px);
  }
  .separated::before {
    content: '';
    position: absolute;
    inset-block-start: calc(var(--zk-space) * -1 - 1px);
    inset-inline: calc(var(--zk-space) * -1);
    border-block-start: 1px solid var(--zk-border);
  }
`;
