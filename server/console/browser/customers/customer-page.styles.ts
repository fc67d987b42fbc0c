import { css } from 'lit';

export const customerPageStyles = css`
  .back {
    display: inline-flex;
    align-items: center;
    gap: var(--zk-space);
    min-block-size: 24px;
    margin-block-end: calc(var(--zk-space) * 2);
  }
  header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 4);
  }
  zk-menu {
    flex: none;
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: calc(var(--zk-space) * 2);
    margin-block-start: calc(var(--zk-space) * 4);
  }
  .notice > .banner {
    flex: 1;
    min-inline-size: 0;
  }
  .notice .input {
    inline-size: 100%;
    margin-block-start: calc(var(--zk-space) * 2);
  }
  dl {
    display: grid;
    gap: calc(var(--zk-space) * 4) calc(var(--zk-space) * 8);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .money {
    grid-template-columns: repeat(3, minmax(0, 1fr));
    margin-block: calc(var(--zk-space) * 6);
    padding: calc(var(--zk-space) * 5) calc(var(--zk-space) * 6);
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
  }
  .money dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(var(--zk-space) * 2);
  }
  .figure {
    font-size: calc(20em / 14);
    font-weight: 600;
    line-height: calc(28 / 20);
  }
  .overdue {
    color: var(--zk-danger-text);
    font-weight: 500;
  }
  .facts {
    grid-template-columns: repeat(4, minmax(0, 1fr));
    margin-block-end: calc(var(--zk-space) * 6);
  }
  .facts dt {
    font-size: calc(12em / 14);
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: calc(12em / 14);
  }
  [role='tabpanel'] {
    padding-block-start: calc(var(--zk-space) * 4);
    outline-offset: 2px;
  }
  @container (width < 900px) {
    .facts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (width < 560px) {
    .money,
    .facts {
      grid-template-columns: minmax(0, 1fr);
    }
    .facts {
      gap: calc(var(--zk-space) * 2);
    }
    .facts > div {
      display: grid;
      grid-template-columns: 2fr 3fr;
      gap: calc(var(--zk-space) * 3);
    }
    .money {
      padding: calc(var(--zk-space) * 4);
    }
  }
`;
