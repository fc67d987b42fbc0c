import { css } from 'lit';

/**
 * The page's own rules for the element win over `:host`, even a plain `*`, and what is inherited goes on to all that is
 * inside: so the portal starts anew below it. A container has no width of its own, and would vanish wherever the page asks
 * for one (flex, grid, float …), so it says one.
 */
export const shellStyles = css`
  :host {
    min-inline-size: 0;
    max-inline-size: 100%;
    font-size: inherit;
    /* Is not inherited but drawn through all that is inside. */
    text-decoration: none !important;
  }
  .portal {
    all: initial;
    container-type: inline-size;
    contain-intrinsic-inline-size: min(960px, 90vw);
    color: var(--zk-text);
    color-scheme: inherit;
    visibility: inherit;
    font-family: var(--zenskar-font-family, inherit);
    font-size: var(--zk-font-size);
    line-height: calc(20 / 14);
    overflow-wrap: break-word;
    --zk-start: left;
    --zk-end: right;
    text-align: var(--zk-start);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--zk-space) * 4);
  }
  .portal:dir(rtl) {
    --zk-start: right;
    --zk-end: left;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--zk-space) * 4);
    min-block-size: calc(var(--zk-space) * 10);
  }
  .merchant {
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2.5);
    min-inline-size: 0;
    border-radius: 2px;
    color: inherit;
    font-size: calc(16em / 14);
    font-weight: 600;
    text-decoration: none;
  }
  a.merchant:hover span {
    text-decoration: underline;
  }
  .merchant img {
    flex: none;
    block-size: calc(var(--zk-space) * 8);
    max-inline-size: calc(var(--zk-space) * 32);
    object-fit: contain;
  }
  .merchant span,
  .customer {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .account {
    flex: none;
    max-inline-size: 55%;
    margin-inline-end: calc(var(--zk-space) * -2);
  }
  .customer {
    font-weight: 500;
  }
  .chevron {
    color: var(--zk-muted);
  }
  .initials {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: calc(var(--zk-space) * 7);
    block-size: calc(var(--zk-space) * 7);
    border-radius: 50%;
    background: color-mix(in srgb, var(--zk-accent) 14%, var(--zk-surface));
    color: var(--zk-text);
    font-size: calc(11em / 14);
    font-weight: 600;
  }
  .initials::before {
    content: attr(data-initials) / '';
  }
  .panels > div {
    outline-offset: calc(var(--zk-space) * 1);
    border-radius: 2px;
  }
  .room {
    min-block-size: calc(var(--zk-space) * 350);
  }
  .of-section {
    min-block-size: calc(var(--zk-space) * 130);
  }
  .of-summary {
    min-block-size: calc(var(--zk-space) * 22);
  }
  .state h2 {
    font-size: inherit;
    line-height: inherit;
  }
  @container (width < 560px) {
    .customer {
      display: none;
    }
    .of-section {
      min-block-size: calc(var(--zk-space) * 350);
    }
    .of-summary {
      min-block-size: calc(var(--zk-space) * 42);
    }
  }
`;
