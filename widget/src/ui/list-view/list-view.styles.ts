import { css } from 'lit';
import { base } from '../base.styles.ts';
import { dataTableStyles } from '../data-table/data-table.styles.ts';
import { statesStyles } from '../states/states.styles.ts';
import { statusPillStyles } from '../status-pill/status-pill.styles.ts';

/** Everything a `listView` draws with. */
export const listViewStyles = [
  base,
  dataTableStyles,
  statesStyles,
  statusPillStyles,
  css`
    :host {
      display: block;
      container-type: inline-size;
    }
    .bar {
      display: flex;
      gap: calc(var(--zk-space) * 2);
      align-items: start;
    }
    zk-filter-bar {
      display: block;
      flex: 1;
    }
    zk-filter-bar:not(:defined) {
      min-block-size: calc(var(--zk-space) * 11);
    }
    zk-pager {
      display: block;
      min-block-size: calc(var(--zk-space) * 14);
    }
    zk-export-menu {
      min-inline-size: 88px;
    }
    @container (width < 400px) {
      zk-export-menu {
        min-inline-size: 36px;
      }
      zk-pager {
        min-block-size: calc(var(--zk-space) * 23);
      }
    }
    @container (width < 656px) {
      zk-filter-bar:not(:defined) {
        min-block-size: calc(var(--zk-space) * 21);
      }
    }
  `,
];
