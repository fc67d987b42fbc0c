import { css } from 'lit';
import { skeletonStyles } from './skeleton.styles.ts';

export const skeletonLinesStyles = [
  skeletonStyles,
  css`
    .skeleton.lines {
      display: grid;
      gap: calc(var(--zk-space) * 3);
      padding-block: calc(var(--zk-space) * 2);
    }
    .skeleton.lines i:nth-child(3n) {
      inline-size: 70%;
    }
    .skeleton.lines i:nth-child(3n + 1) {
      inline-size: 45%;
    }
  `,
];
