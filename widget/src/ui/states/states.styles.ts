import { css } from 'lit';

export const statesStyles = css`
  .state {
    display: grid;
    justify-items: center;
    gap: var(--zk-space);
    padding: calc(var(--zk-space) * 12) calc(var(--zk-space) * 4);
    text-align: center;
  }
  .state > svg {
    inline-size: 24px;
    block-size: 24px;
    margin-block-end: calc(var(--zk-space) * 2);
    color: var(--zk-muted);
    stroke-width: 1;
  }
  .state[role='alert'] > svg {
    color: var(--zk-danger-text);
  }
  .state-title {
    font-weight: 600;
  }
  .state p {
    max-inline-size: 44ch;
  }
  .state .note {
    font-size: calc(12em / 14);
    user-select: all;
  }
  .state .button {
    margin-block-start: calc(var(--zk-space) * 3);
  }
`;
