import { css } from 'lit';

export const brandingPreviewStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--zk-space) * 3);
    min-inline-size: 0;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--zk-space) * 2) calc(var(--zk-space) * 3);
  }
  h2 {
    flex: 1;
    font-size: calc(16em / 14);
  }
  .window {
    --zenskar-background: initial;
    min-inline-size: 0;
    max-block-size: calc(100dvh - 160px);
    padding: calc(var(--zk-space) * 4);
    border: 1px solid var(--zk-border);
    border-radius: calc(var(--zk-radius) * 1.5);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .window.light {
    background: #fff;
    color-scheme: light;
  }
  .window.dark {
    background: #131417;
    color-scheme: dark;
  }
  .window.phone {
    inline-size: 100%;
    max-inline-size: 390px;
    margin-inline: auto;
    box-sizing: border-box;
  }
  @container (width < 560px) {
    h2 {
      flex-basis: 100%;
    }
    .width {
      display: none;
    }
  }
  @container (width < 1040px) {
    .window {
      max-block-size: none;
    }
  }
`;
