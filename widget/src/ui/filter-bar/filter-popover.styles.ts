import { css } from 'lit';

export const filterPopoverStyles = css`
  .option,
  .day {
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2);
    padding: calc(var(--zk-space) * 1.5) calc(var(--zk-space) * 2);
    border-radius: calc(var(--zk-radius) - 3px);
  }
  .option:hover {
    background: var(--zk-hover);
  }
  .option input {
    inline-size: 16px;
    block-size: 16px;
    accent-color: var(--zk-accent-text);
  }
  .day {
    justify-content: space-between;
  }
`;
