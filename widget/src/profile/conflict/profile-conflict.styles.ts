import { css } from 'lit';

export const profileConflictStyles = css`
  :host {
    display: grid;
    gap: calc(var(--zk-space) * 4);
    padding: calc(var(--zk-space) * 4);
    border: 1px solid var(--zk-field-border);
    border-radius: var(--zk-radius);
    container-type: inline-size;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--zk-space) * 3);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: calc(var(--zk-space) * 2);
    padding: 0;
    font-weight: 600;
  }
  label {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--zk-space) calc(var(--zk-space) * 2);
    padding: calc(var(--zk-space) * 3);
    border: 1px solid var(--zk-border);
    border-radius: var(--zk-radius);
    cursor: pointer;
  }
  label:has(input:checked) {
    border-color: var(--zk-accent-text);
  }
  input {
    inline-size: 16px;
    block-size: 16px;
    accent-color: var(--zk-accent);
  }
  .value {
    grid-column: 2;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  @container (width < 560px) {
    fieldset {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
