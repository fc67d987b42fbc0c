import { css } from 'lit';

export const skeletonStyles = css`
  .skeleton {
    opacity: 0;
    animation: zk-appear 0.2s 150ms forwards;
  }
  .skeleton i {
    display: block;
    block-size: calc(var(--zk-space) * 3);
    border: 1px solid transparent;
    border-radius: var(--zk-space);
    background: color-mix(in srgb, var(--zk-text) 9%, transparent);
  }
  .skeleton.rows {
    min-block-size: calc(var(--zk-space) * 250);
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 6);
    block-size: calc(var(--zk-space) * 11);
    padding-inline: calc(var(--zk-space) * 2);
    border-block-end: 1px solid var(--zk-border);
  }
  .dense .skeleton-row {
    block-size: calc(var(--zk-space) * 9);
  }
  .skeleton-row i {
    flex: 1;
    max-inline-size: calc(var(--zk-space) * 24);
  }
  @keyframes zk-appear {
    to {
      opacity: 1;
    }
  }
  @container (width < 560px) {
    .skeleton-row {
      block-size: calc(var(--zk-space) * 36);
    }
    .skeleton-row i:nth-child(n + 3) {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation-duration: 1ms;
    }
  }
`;
