import { css } from 'lit';

/** The button of a menu; a page that loads its menu when it is first opened draws the button itself. */
export const menuButtonStyles = css`
  .menu-button {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2);
    min-block-size: calc(var(--zk-space) * 8);
    max-inline-size: 100%;
    padding: var(--zk-space) calc(var(--zk-space) * 2);
    border: 0;
    border-radius: var(--zk-radius);
    background: none;
    cursor: pointer;
    transition: background-color var(--zk-motion);
  }
  .menu-button:hover,
  .menu-button[aria-expanded='true'] {
    background: var(--zk-hover);
  }
`;
