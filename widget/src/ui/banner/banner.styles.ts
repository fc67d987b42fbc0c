import { css } from 'lit';

export const bannerStyles = css`
  .banner {
    --tone: var(--zk-accent-text);
    display: flex;
    gap: calc(var(--zk-space) * 2);
    padding: calc(var(--zk-space) * 2) calc(var(--zk-space) * 3);
    border: 1px solid color-mix(in srgb, var(--tone) 30%, transparent);
    border-radius: var(--zk-radius);
    background: color-mix(in srgb, var(--tone) 7%, transparent);
  }
  .banner.danger {
    --tone: var(--zk-danger-text);
  }
  .banner > div {
    min-inline-size: 0;
  }
  .banner > svg {
    margin-block-start: 2px;
    color: var(--tone);
  }
`;
