import { css } from 'lit';

/** The frame that every page of the console has: a heading, and surfaces below it. */
export const pageStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  h1 {
    font-size: calc(24em / 14);
    font-weight: 600;
    line-height: calc(32 / 24);
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h1:focus-visible {
    outline: none;
  }
  .intro {
    max-inline-size: 68ch;
    margin-block-start: var(--zk-space);
  }
`;
