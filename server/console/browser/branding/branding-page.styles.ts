import { css } from 'lit';

export const brandingPageStyles = css`
  .editor {
    display: grid;
    grid-template-columns: minmax(280px, 340px) minmax(0, 1fr);
    align-items: start;
    gap: calc(var(--zk-space) * 10);
    margin-block-start: calc(var(--zk-space) * 6);
  }
  zk-branding-preview {
    position: sticky;
    inset-block-start: calc(var(--zk-space) * 6);
  }
  form,
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    gap: calc(var(--zk-space) * 6);
  }
  .field {
    gap: var(--zk-space);
  }
  .field > label {
    font-weight: 500;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--zk-space) * 2) calc(var(--zk-space) * 3);
  }
  .input {
    inline-size: 100%;
  }
  .input.short {
    inline-size: 12ch;
  }
  .input[aria-invalid='true'] {
    border-color: var(--zk-danger-text);
  }
  .logo {
    max-inline-size: 100%;
    block-size: calc(var(--zk-space) * 10);
    padding: calc(var(--zk-space) * 1.5);
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
    object-fit: contain;
  }
  .swatch {
    inline-size: calc(var(--zk-space) * 11);
    block-size: calc(var(--zk-space) * 8);
    padding: 2px;
    border: 1px solid var(--zk-field-border);
    border-radius: var(--zk-radius);
    background: var(--zk-surface);
    cursor: pointer;
  }
  .swatch::-webkit-color-swatch-wrapper {
    padding: 0;
  }
  .swatch::-webkit-color-swatch,
  .swatch::-moz-color-swatch {
    border: 0;
    border-radius: calc(var(--zk-radius) - 3px);
  }
  input[type='range'] {
    flex: 1;
    min-inline-size: 120px;
    min-block-size: 24px;
    accent-color: var(--zk-accent);
  }
  .line .link {
    min-block-size: 24px;
  }
  .hint {
    min-block-size: calc(18em / 12);
    color: var(--zk-muted);
    font-size: calc(12em / 14);
    line-height: 1.5;
  }
  .problem,
  .warning {
    display: flex;
    gap: calc(var(--zk-space) * 1.5);
  }
  .problem {
    color: var(--zk-danger-text);
  }
  .warning {
    color: var(--zk-warning-text);
  }
  .problem svg,
  .warning svg {
    margin-block-start: 2px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--zk-space) * 3);
    padding-block-start: calc(var(--zk-space) * 5);
    border-block-start: 1px solid var(--zk-border);
  }
  .told {
    display: inline-flex;
    flex: 1 1 100%;
    gap: calc(var(--zk-space) * 1.5);
    min-block-size: calc(20em / 14);
  }
  .told svg {
    margin-block-start: 2px;
    color: var(--zk-success-text);
  }
  .conflict dl {
    display: grid;
    gap: calc(var(--zk-space) * 2);
    margin-block: calc(var(--zk-space) * 2);
  }
  .conflict dt {
    color: var(--zk-muted);
  }
  .conflict dd {
    overflow-wrap: anywhere;
  }
  .conflict b {
    font-weight: 600;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--zk-space) * 2);
  }
  @container (width < 1040px) {
    .editor {
      grid-template-columns: minmax(0, 1fr);
    }
    form {
      max-inline-size: 480px;
    }
    zk-branding-preview {
      position: static;
    }
  }
`;
