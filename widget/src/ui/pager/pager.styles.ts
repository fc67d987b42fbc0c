import { css } from 'lit';

export const pagerStyles = css`
  :host {
    display: block;
  }
  .pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--zk-space) calc(var(--zk-space) * 4);
    padding-block: calc(var(--zk-space) * 3);
  }
  .pager label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--zk-space) * 2);
    margin-inline-end: auto;
  }
  .pager .steps {
    display: flex;
    align-items: center;
    gap: var(--zk-space);
  }
  .pager .range {
    margin-inline-end: calc(var(--zk-space) * 2);
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
