import { css } from 'lit';

export const loginPageStyles = css`
  :host {
    display: grid;
    align-content: center;
    justify-items: center;
    min-block-size: 100dvh;
    padding: calc(var(--zk-space) * 6) calc(var(--zk-space) * 4);
    box-sizing: border-box;
  }
  form {
    display: grid;
    gap: calc(var(--zk-space) * 4);
    inline-size: min(360px, 100%);
    padding: calc(var(--zk-space) * 8);
    box-sizing: border-box;
    border: 1px solid var(--zk-border);
    border-radius: calc(var(--zk-radius) * 1.5);
    background: var(--zk-surface);
  }
  h1 {
    font-size: calc(20em / 14);
    font-weight: 600;
    line-height: calc(28 / 20);
  }
  h1:focus-visible {
    outline: none;
  }
  .field {
    display: grid;
    gap: var(--zk-space);
  }
  label {
    font-weight: 500;
  }
  .input {
    inline-size: 100%;
    min-block-size: calc(var(--zk-space) * 10);
    font-size: max(1em, 16px);
  }
  .input[aria-invalid='true'] {
    border-color: var(--zk-danger-text);
  }
  .problem {
    color: var(--zk-danger-text);
    font-size: calc(12em / 14);
  }
  .button {
    min-block-size: calc(var(--zk-space) * 10);
  }
  @media (width < 480px) {
    :host {
      align-content: start;
    }
    form {
      padding: calc(var(--zk-space) * 4) 0;
      border: 0;
      background: none;
    }
  }
`;
