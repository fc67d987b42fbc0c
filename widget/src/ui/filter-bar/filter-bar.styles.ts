import { css } from 'lit';

export const filterBarStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--zk-space) * 2);
    padding-block-end: calc(var(--zk-space) * 3);
  }
  .search {
    position: relative;
    flex: 1 1 180px;
    max-inline-size: 260px;
  }
  .search svg {
    position: absolute;
    inset-block-start: calc(50% - 8px);
    inset-inline-start: calc(var(--zk-space) * 2.5);
    color: var(--zk-muted);
    pointer-events: none;
  }
  .search input {
    inline-size: 100%;
    padding-inline-start: calc(var(--zk-space) * 8);
    appearance: none;
  }
  .opener {
    max-inline-size: 100%;
    padding-inline-end: calc(var(--zk-space) * 2);
  }
  .opener span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .clear {
    border-color: transparent;
    background: none;
    color: var(--zk-muted);
    padding-inline: calc(var(--zk-space) * 2);
  }
  zk-filter-popover:not(:defined) {
    opacity: 0;
  }
  @container (width < 560px) {
    .opener {
      flex: 1 1 auto;
      min-inline-size: 0;
    }
    .search {
      flex-basis: 100%;
      max-inline-size: none;
    }
  }
  @container (width < 280px) {
    .bar {
      column-gap: var(--zk-space);
    }
    .opener {
      padding-inline: calc(var(--zk-space) * 2) var(--zk-space);
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
