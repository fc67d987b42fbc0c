import { css } from 'lit';

export const sheetStyles = css`
  form {
    display: grid;
    gap: calc(var(--zk-space) * 5);
    justify-items: start;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: calc(var(--zk-space) * 2);
    font-weight: 600;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--zk-space) * 2) calc(var(--zk-space) * 4);
  }
  .choices label,
  .line label {
    display: flex;
    align-items: center;
    gap: calc(var(--zk-space) * 2);
    min-block-size: 24px;
    cursor: pointer;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--zk-space) * 3);
    margin-block-start: calc(var(--zk-space) * 3);
  }
  .days label {
    display: grid;
    gap: var(--zk-space);
  }
  ul {
    inline-size: 100%;
    list-style: none;
  }
  .line {
    border-block-end: 1px solid var(--zk-border);
  }
  .line label {
    min-block-size: calc(var(--zk-space) * 10);
  }
  .line .amount {
    margin-inline-start: auto;
  }
  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 16px;
    block-size: 16px;
    margin: 4px;
    accent-color: var(--zk-accent);
  }
`;
