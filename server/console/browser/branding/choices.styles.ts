import { css } from 'lit';

export const choicesStyles = css`
  .choices {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choices legend {
    margin-block-end: var(--zk-space);
    padding: 0;
    font-weight: 500;
  }
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 2px;
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
    background: color-mix(in srgb, var(--zk-text) 4%, var(--zk-surface));
  }
  .segments label {
    position: relative;
    display: grid;
    cursor: pointer;
  }
  .segments input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: inherit;
  }
  .segments span {
    padding: calc(var(--zk-space) * 0.75) calc(var(--zk-space) * 2.5);
    border: 1px solid transparent;
    border-radius: calc(var(--zk-radius) - 2px);
    text-align: center;
  }
  .segments input:checked + span {
    border-color: var(--zk-field-border);
    background: var(--zk-surface);
    font-weight: 500;
  }
  .segments input:focus-visible + span {
    outline: var(--zk-focus);
    outline-offset: 1px;
  }
  .choices:disabled label {
    cursor: default;
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      border-color: Highlight;
    }
  }
`;
