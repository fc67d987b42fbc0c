import { css } from 'lit';

export const summaryStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .strip {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    align-items: start;
    gap: calc(var(--zk-space) * 4);
    min-block-size: calc(var(--zk-space) * 22);
    padding-block: calc(var(--zk-space) * 3);
    border-block: 1px solid var(--zk-border);
  }
  dt {
    color: var(--zk-muted);
  }
  dd {
    line-height: calc(24 / 14);
  }
  dd + dd {
    margin-block-start: var(--zk-space);
  }
  .amount {
    font-size: calc(18em / 14);
    font-weight: 600;
    line-height: calc(24 / 18);
  }
  .danger {
    color: var(--zk-danger-text);
  }
  .note {
    color: var(--zk-muted);
    font-size: calc(12em / 14);
  }
  zk-outline {
    min-block-size: calc(var(--zk-space) * 22);
    border-block: 1px solid var(--zk-border);
  }
  .problem {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--zk-space) * 2);
    min-block-size: calc(var(--zk-space) * 22);
    border-block: 1px solid var(--zk-border);
    color: var(--zk-muted);
  }
  @container (width < 560px) {
    .strip {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      min-block-size: calc(var(--zk-space) * 42);
    }
    zk-outline {
      min-block-size: calc(var(--zk-space) * 42);
    }
  }
`;
