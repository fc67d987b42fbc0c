import { css } from 'lit';

export const panelStyles = css`
  dialog {
    position: fixed;
    --from: 24px;
    inset-block: var(--zk-visible-top, 0) auto;
    inset-inline: auto 0;
    inline-size: min(600px, 100%);
    max-inline-size: none;
    block-size: var(--zk-visible-height, 100dvh);
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--zk-surface);
    color: var(--zk-text);
    box-shadow: var(--zk-shadow);
    overscroll-behavior: contain;
    overflow-y: auto;
  }
  dialog:dir(rtl) {
    --from: -24px;
  }
  dialog[open] {
    animation: zk-slide var(--zk-motion) ease-out;
  }
  dialog::backdrop {
    background: rgb(10 12 18 / 35%);
  }
  .sheet {
    min-block-size: 100%;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 3);
    padding: calc(var(--zk-space) * 3) calc(var(--zk-space) * 6);
    border-block-end: 1px solid var(--zk-border);
    background: var(--zk-surface);
  }
  h2 {
    min-inline-size: 0;
  }
  h2:focus-visible {
    outline: none;
  }
  .icon-button {
    flex: none;
    margin-inline: auto calc(var(--zk-space) * -2);
  }
  .content {
    padding: calc(var(--zk-space) * 5) calc(var(--zk-space) * 6) calc(var(--zk-space) * 8);
  }
  @keyframes zk-slide {
    from {
      transform: translateX(var(--from));
      opacity: 0;
    }
  }
  @media (width < 700px) {
    dialog {
      inline-size: 100%;
    }
    .head,
    .content {
      padding-inline: calc(var(--zk-space) * 4);
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid;
    }
  }
`;
