import { css } from 'lit';

export const meterStyles = css`
  .meter {
    block-size: calc(var(--zk-space) * 2);
    overflow: hidden;
    border-radius: var(--zk-space);
    background: color-mix(in srgb, var(--zk-text) 11%, transparent);
    color: var(--zk-accent-text);
  }
  .meter.high {
    color: var(--zk-warning-text);
  }
  .meter.full {
    color: var(--zk-danger-text);
  }
  .meter svg {
    inline-size: 100%;
    block-size: 100%;
    fill: currentColor;
  }
  .meter:dir(rtl) svg {
    transform: scaleX(-1);
  }
  @media (forced-colors: active) {
    .meter {
      border: 1px solid;
      color: Highlight;
    }
  }
`;
