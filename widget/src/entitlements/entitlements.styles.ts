import { css } from 'lit';

export const entitlementsStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  zk-export-menu {
    display: flow-root;
    inline-size: fit-content;
    margin-inline-start: auto;
  }
  ul {
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 5fr) minmax(0, 3fr);
    gap: calc(var(--zk-space) * 2) calc(var(--zk-space) * 8);
    align-items: start;
    padding-block: calc(var(--zk-space) * 4);
    border-block-end: 1px solid var(--zk-border);
    overflow-wrap: anywhere;
  }
  .usage {
    display: grid;
    justify-items: start;
    gap: var(--zk-space);
  }
  .usage .meter {
    inline-size: 100%;
  }
  .usage .muted {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--zk-space) * 3);
    inline-size: 100%;
  }
  .near-limit {
    color: var(--zk-warning-text);
    font-weight: 500;
  }
  .at-limit {
    color: var(--zk-danger-text);
    font-weight: 500;
  }
  .ends {
    text-align: var(--zk-end, end);
  }
  .note {
    font-size: calc(12em / 14);
  }
  details {
    padding-block: calc(var(--zk-space) * 4);
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    border-radius: 2px;
    color: var(--zk-muted);
    font-weight: 500;
    cursor: pointer;
  }
  @container (width < 720px) {
    li {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .ends {
      grid-column: 2;
      text-align: var(--zk-start, start);
    }
  }
  @container (width < 560px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }
    .ends {
      grid-column: 1;
    }
  }
`;
