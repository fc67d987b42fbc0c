import { css } from 'lit';

export const invoiceDetailStyles = css`
  :host {
    display: contents;
  }
  .detail {
    container-type: inline-size;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 3);
  }
  section,
  .facts,
  .lines,
  .totals,
  .parties {
    margin-block-start: calc(var(--zk-space) * 6);
  }
  dt,
  .label {
    color: var(--zk-muted);
    font-size: calc(12em / 14);
    font-weight: 500;
  }
  .note {
    display: block;
    font-size: calc(12em / 14);
    font-weight: 400;
  }
  .due-amount {
    font-size: calc(28em / 14);
    font-weight: 600;
    line-height: calc(36 / 28);
  }
  .overdue {
    color: var(--zk-danger-text);
    font-weight: 500;
  }
  .parties,
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
    gap: calc(var(--zk-space) * 5);
  }
  .parties section {
    margin: 0;
  }
  .party-name {
    font-weight: 500;
  }
  .facts {
    padding-block: calc(var(--zk-space) * 4);
    border-block: 1px solid var(--zk-border);
    grid-template-columns: repeat(auto-fit, minmax(min(120px, 100%), 1fr));
  }
  .lines {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .lines th,
  .lines td {
    padding-block: calc(var(--zk-space) * 2);
    padding-inline: calc(var(--zk-space) * 4) 0;
    border-block-end: 1px solid var(--zk-border);
    text-align: var(--zk-end, end);
    vertical-align: top;
  }
  .lines th:first-child {
    padding-inline: 0;
    text-align: var(--zk-start, start);
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .lines thead th {
    color: var(--zk-muted);
    font-size: calc(12em / 14);
    font-weight: 500;
    white-space: nowrap;
  }
  .totals {
    display: grid;
    gap: calc(var(--zk-space) * 1.5);
    max-inline-size: 320px;
    margin-inline-start: auto;
  }
  .totals div {
    display: flex;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 4);
  }
  .totals dt {
    font-size: inherit;
    font-weight: 400;
  }
  .totals .sum,
  .totals .sum dt {
    color: inherit;
    font-weight: 600;
  }
  .totals .sum {
    padding-block-start: calc(var(--zk-space) * 1.5);
    border-block-start: 1px solid var(--zk-border);
  }
  .movements {
    list-style: none;
  }
  .movements li {
    display: flex;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 4);
    padding-block: calc(var(--zk-space) * 2);
    border-block-end: 1px solid var(--zk-border);
  }
  .movement-title {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--zk-space) * 2);
    font-weight: 500;
  }
  .movements .note > span:not(:first-child)::before {
    content: ' · ';
  }
  .notes {
    white-space: pre-line;
  }
  @container (width < 480px) {
    .lines,
    .lines tbody {
      display: block;
    }
    .lines thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .lines tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      padding-block: calc(var(--zk-space) * 2);
      border-block-end: 1px solid var(--zk-border);
    }
    .lines tbody th,
    .lines tbody td {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 calc(var(--zk-space) * 4);
      padding: 0;
      border: 0;
    }
    .lines tbody th {
      display: block;
    }
    .lines tbody td::before {
      content: attr(data-label) ' ';
      color: var(--zk-muted);
    }
    .totals {
      max-inline-size: none;
    }
  }
`;
