import { css } from 'lit';

export const dataTableStyles = css`
  table.data {
    --row: calc(var(--zk-space) * 11);
    inline-size: 100%;
    border-collapse: collapse;
    transition: opacity var(--zk-motion) var(--zk-motion);
  }
  table.dense {
    --row: calc(var(--zk-space) * 9);
  }
  table.data[aria-busy='true'] {
    opacity: 0.55;
  }
  .data th,
  .data td {
    padding: var(--zk-space) calc(var(--zk-space) * 2);
    border-block-end: 1px solid var(--zk-border);
    text-align: var(--zk-start, start);
    vertical-align: middle;
    font-weight: inherit;
  }
  .data tbody tr {
    block-size: var(--row);
    transition: background-color var(--zk-motion);
  }
  .opens tbody tr {
    cursor: pointer;
  }
  .data tbody tr:hover {
    background: var(--zk-hover);
  }
  .data thead {
    color: var(--zk-muted);
    font-size: calc(12em / 14);
  }
  .data thead th {
    block-size: calc(var(--zk-space) * 9);
    font-weight: 500;
  }
  .data thead button {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    min-block-size: 24px;
    vertical-align: middle;
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: none;
    text-align: inherit;
    cursor: pointer;
  }
  .data .numeric button {
    flex-direction: row-reverse;
  }
  .data thead svg {
    inline-size: 12px;
    opacity: 0;
  }
  .data thead button.sorted {
    color: var(--zk-text);
  }
  .data thead button:hover svg,
  .data thead button:focus-visible svg,
  .data thead button.sorted svg {
    opacity: 1;
  }
  .data .numeric {
    text-align: var(--zk-end, end);
  }
  .data tbody .numeric,
  .data time {
    white-space: nowrap;
  }
  .data .numeric .note {
    white-space: normal;
  }
  .data .name {
    font-weight: 500;
  }
  .data .name .link {
    min-block-size: 24px;
  }
  @container (width >= 680px) {
    .data .name .link {
      min-inline-size: 11ch;
      overflow-wrap: anywhere;
    }
  }
  zk-sort-select {
    display: none;
  }

  /* Where the columns have only just found room, a longer language takes a second line. */
  @container (680px <= width < 760px) or (940px <= width < 1040px) {
    .data .pill {
      white-space: normal;
    }
  }
  @container (width < 940px) {
    .data .from-wide {
      display: none;
    }
  }
  @container (width < 800px) {
    .data .from-medium {
      display: none;
    }
  }
  @container (width < 680px) {
    zk-sort-select {
      display: flex;
      min-block-size: calc(var(--zk-space) * 8);
      margin-block-end: calc(var(--zk-space) * 2);
    }
    table.data,
    .data tbody {
      display: block;
    }
    /* Its buttons would take the focus unseen; each cell says its column, and the controls above sort. */
    .data thead {
      display: none;
    }
    .data tbody tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) fit-content(60%);
      gap: var(--zk-space) calc(var(--zk-space) * 3);
      block-size: auto;
      padding-block: calc(var(--zk-space) * 3);
      border-block-end: 1px solid var(--zk-border);
    }
    .data tbody th,
    .data tbody td,
    .data tbody td.from-medium,
    .data tbody td.from-wide {
      display: flex;
      flex-wrap: wrap;
      grid-column: 1 / -1;
      justify-content: end;
      gap: 0 calc(var(--zk-space) * 4);
      padding: 0;
      border: 0;
      text-align: var(--zk-end, end);
    }
    .data tbody .name {
      grid-column: 1;
      grid-row: 1;
      align-items: center;
      justify-content: start;
      min-block-size: 24px;
      overflow-wrap: anywhere;
      text-align: var(--zk-start, start);
    }
    .data tbody .corner {
      grid-column: 2;
      grid-row: 1;
      align-items: start;
    }
    .data tbody td.hidden {
      display: none;
    }
    .data tbody td::before {
      content: attr(data-label) ' ';
      flex: none;
      margin-inline-end: auto;
      color: var(--zk-muted);
    }
    .data tbody .corner::before {
      content: none;
    }
  }
`;
