import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A 16 px line drawing in the text's colour. It says nothing to a screen reader: the word beside it does. */
export const icon = (path: string, className = ''): TemplateResult => html`
  <svg
    class=${className}
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path}></path>
  </svg>
`;

export const checkCircleIcon = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M5.25 8.25l2 2 3.5-4.25';
export const clockIcon = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.75V8l2.25 1.5';
export const alertIcon = 'M8 2L14.25 13H1.75zM8 6.5v3M8 11.25v.01';
export const infoIcon = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 7.25v3.5M8 5v.01';
export const minusCircleIcon = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M5.25 8h5.5';
export const halfCircleIcon = 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 2v12M10.5 3v10M12.5 5v6';
export const checkIcon = 'M3.5 8.5l3 3 6-7';
export const crossIcon = 'M4 4l8 8M12 4l-8 8';
export const searchIcon = 'M7 2.75a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5M10.25 10.25l3 3';
export const chevronDownIcon = 'M4 6l4 4 4-4';
export const chevronStartIcon = 'M10 4L6 8l4 4';
export const chevronEndIcon = 'M6 4l4 4-4 4';
export const arrowUpIcon = 'M8 13V3M4 7l4-4 4 4';
export const arrowDownIcon = 'M8 3v10M4 9l4 4 4-4';
export const documentIcon = 'M4 1.75h5.5L12.5 5v9.25h-9V1.75zM9.25 2v3.25h3M5.75 8.5h4.5M5.75 11h4.5';
export const offlineIcon =
  'M2 2l12 12M2 6.5a9 9 0 0 1 3-1.8M14 6.5a9 9 0 0 0-5-2.4M4.5 9.25a5 5 0 0 1 2.5-1.4M8 12.5v.01';
