import { appendFileSync } from 'node:fs';

/** One line of what `npm run torture` prints at its end. */
export interface Figure {
  name: string;
  value: number | string;
}

/** Writes a figure down for `npm run torture`, which names the file; in the suite nobody asks. */
export const addFigure = (name: string, value: Figure['value']): void => {
  const file = process.env['FIGURES_FILE'];
  if (file !== undefined) {
    appendFileSync(file, `${JSON.stringify({ name, value } satisfies Figure)}\n`);
  }
};
