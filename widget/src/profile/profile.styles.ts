import { css } from 'lit';

export const profileStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .page,
  form {
    display: grid;
    gap: calc(var(--zk-space) * 6);
    max-inline-size: 720px;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: calc(var(--zk-space) * 4);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: calc(var(--zk-space) * 3);
    padding: 0;
    font-weight: 600;
  }
  .field {
    grid-column: span 6;
    display: grid;
    align-content: start;
    gap: var(--zk-space);
  }
  .field.half {
    grid-column: span 3;
  }
  .field.third {
    grid-column: span 2;
  }
  .field label {
    font-weight: 500;
  }
  .field .optional {
    color: var(--zk-muted);
    font-weight: 400;
  }
  .field .input {
    inline-size: 100%;
  }
  .field .input[aria-invalid='true'] {
    border-color: var(--zk-danger-text);
  }
  .field-problem {
    display: flex;
    gap: var(--zk-space);
    color: var(--zk-danger-text);
  }
  .field-problem svg {
    margin-block-start: 2px;
  }
  .check {
    grid-column: span 6;
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2);
    min-block-size: 24px;
    justify-self: start;
  }
  .check input {
    inline-size: 16px;
    block-size: 16px;
    accent-color: var(--zk-accent);
  }
  .tax {
    grid-column: span 6;
    display: grid;
    grid-template-columns: 1fr 1fr 1.2fr auto;
    align-items: start;
    gap: calc(var(--zk-space) * 3);
  }
  .tax .field {
    grid-column: auto;
  }
  .tax > .button {
    margin-block-start: calc(var(--zk-space) * 6);
  }
  .wide {
    grid-column: span 6;
    justify-self: start;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--zk-space) * 3);
    padding-block-start: calc(var(--zk-space) * 4);
    border-block-start: 1px solid var(--zk-border);
  }
  .actions .saved {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--zk-space) * 1.5);
  }
  .actions .saved svg {
    color: var(--zk-success-text);
  }
  .problem-list {
    margin-block-start: var(--zk-space);
    padding-inline-start: calc(var(--zk-space) * 4);
  }
  .problem-list .link {
    min-block-size: 24px;
    vertical-align: top;
  }
  @container (width < 560px) {
    .field.half,
    .field.third {
      grid-column: span 6;
    }
    .tax {
      grid-template-columns: minmax(0, 1fr);
    }
    .tax > .button {
      margin-block-start: 0;
      justify-self: start;
    }
  }
`;
