import { css } from 'lit';

export const statusPillStyles = css`
  .pill {
    --tone: color-mix(in srgb, var(--zk-muted) 85%, var(--zk-text));
    display: inline-flex;
    align-items: center;
    gap: var(--zk-space);
    padding: 1px calc(var(--zk-space) * 2) 1px calc(var(--zk-space) * 1.25);
    border-radius: 999px;
    background: color-mix(in srgb, var(--tone) 8%, transparent);
    color: var(--tone);
    font-size: calc(12em / 14);
    font-weight: 500;
    line-height: calc(18 / 12);
    white-space: nowrap;
  }
  .pill svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .pill.success {
    --tone: var(--zk-success-text);
  }
  .pill.partial {
    --tone: var(--zk-warning-text);
  }
  .pill.danger {
    --tone: var(--zk-danger-text);
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid;
    }
  }
`;
