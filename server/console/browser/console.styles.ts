import { css } from 'lit';

export const consoleStyles = css`
  :host {
    --zenskar-background: light-dark(#fff, #131417);
    --rail: light-dark(#f7f7f9, #1a1b1f);
    container-type: inline-size;
    min-block-size: 100dvh;
  }
  .frame {
    display: grid;
    grid-template-columns: 240px minmax(0, 1fr);
    min-block-size: 100dvh;
  }
  header {
    display: contents;
  }
  .skip {
    position: absolute;
    inset: calc(var(--zk-space) * 2) auto auto calc(var(--zk-space) * 2);
    z-index: 1;
  }
  .rail {
    position: sticky;
    inset-block-start: 0;
    display: flex;
    flex-direction: column;
    gap: calc(var(--zk-space) * 6);
    block-size: 100dvh;
    box-sizing: border-box;
    padding: calc(var(--zk-space) * 5) calc(var(--zk-space) * 3);
    border-inline-end: 1px solid var(--zk-border);
    background: var(--rail);
    overflow-y: auto;
  }
  .organisation {
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2.5);
    min-inline-size: 0;
    padding-inline: calc(var(--zk-space) * 2);
    font-weight: 600;
  }
  .organisation > span:last-child,
  .who span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: calc(var(--zk-space) * 7);
    block-size: calc(var(--zk-space) * 7);
    border-radius: calc(var(--zk-radius) * 0.75);
    background: var(--zk-accent);
    color: var(--zk-on-accent);
    font-size: calc(13em / 14);
  }
  nav ul {
    display: grid;
    gap: 2px;
    list-style: none;
  }
  nav a {
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2.5);
    min-block-size: calc(var(--zk-space) * 9);
    padding-inline: calc(var(--zk-space) * 2.5);
    border-radius: calc(var(--zk-radius) * 0.75);
    color: inherit;
    font-weight: 500;
    text-decoration: none;
    transition: background-color var(--zk-motion);
  }
  nav a svg {
    color: var(--zk-muted);
  }
  nav a:hover {
    background: var(--zk-hover);
  }
  nav a[aria-current] {
    background: color-mix(in srgb, var(--zk-accent) 11%, transparent);
    color: var(--zk-accent-text);
  }
  nav a[aria-current] svg {
    color: inherit;
  }
  .who {
    display: grid;
    gap: calc(var(--zk-space) * 3);
    margin-block-start: auto;
    padding: calc(var(--zk-space) * 4) calc(var(--zk-space) * 2.5) 0;
    border-block-start: 1px solid var(--zk-border);
  }
  .who p {
    display: grid;
  }
  .who .name {
    font-weight: 500;
  }
  .who .muted {
    font-size: calc(12em / 14);
  }
  .bar {
    display: none;
  }
  main:focus-visible {
    outline: none;
  }
  main {
    min-inline-size: 0;
    padding: calc(var(--zk-space) * 8) clamp(16px, 4cqi, 48px) calc(var(--zk-space) * 12);
  }
  .content {
    max-inline-size: 1240px;
    margin-inline: auto;
  }
  .content > .banner {
    margin-block-end: calc(var(--zk-space) * 4);
  }
  .content > h1 {
    margin-block-end: calc(var(--zk-space) * 4);
  }
  @container (width < 820px) {
    .frame {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .rail {
      display: none;
    }
    .bar {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: calc(var(--zk-space) * 4);
      padding: calc(var(--zk-space) * 2) 16px;
      border-block-end: 1px solid var(--zk-border);
      background: var(--rail);
    }
    .bar .organisation {
      padding: 0;
    }
    .bar zk-menu {
      flex: none;
      margin-inline-end: calc(var(--zk-space) * -2);
    }
    main {
      padding-block-start: calc(var(--zk-space) * 5);
    }
  }
`;
