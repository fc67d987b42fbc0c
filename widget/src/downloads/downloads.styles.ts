import { css } from 'lit';

/** A download under way, and one that failed. */
export const downloadsStyles = css`
  .busy svg {
    animation: zk-turn 800ms linear infinite;
  }
  .problem {
    color: var(--zk-danger-text);
    font-size: calc(12em / 14);
  }
  .bubble {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% + 2px);
    inset-inline-end: 0;
    inline-size: max-content;
    max-inline-size: 240px;
    padding: var(--zk-space) calc(var(--zk-space) * 2);
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
    background: var(--zk-surface);
    box-shadow: var(--zk-shadow);
    text-align: var(--zk-start, start);
  }
  @keyframes zk-turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy svg {
      animation: none;
    }
  }
`;
