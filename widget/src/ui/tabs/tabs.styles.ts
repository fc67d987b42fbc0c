import { css } from 'lit';

export const tabsStyles = css`
  .tabs {
    display: flex;
    gap: calc(var(--zk-space) * 6);
    overflow-x: auto;
    scrollbar-width: none;
    border-block-end: 1px solid var(--zk-border);
  }
  .tabs [role='tab'] {
    position: relative;
    flex: none;
    padding: calc(var(--zk-space) * 2.5) 0;
    border: 0;
    border-radius: var(--zk-space);
    background: none;
    color: var(--zk-muted);
    font-weight: 500;
    cursor: pointer;
    transition: color var(--zk-motion);
  }
  .tabs [role='tab']:hover {
    color: var(--zk-text);
  }
  .tabs [role='tab'][aria-selected='true'] {
    color: var(--zk-accent-text);
  }
  .tabs [role='tab'][aria-selected='true']::after {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    border-block-end: 2px solid;
  }
  .tabs [role='tab']:focus-visible {
    outline-offset: -2px;
  }
`;
