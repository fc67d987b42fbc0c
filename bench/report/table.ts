import type { Report } from './report.ts';
import { cellsOf, headings, machineLine } from './words.ts';

export const printTable = ({ machine, results }: Report): void => {
  const lines = [headings, ...results.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  process.stdout.write(`${machineLine(machine)}\n`);
  for (const line of lines) {
    const cells = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
};
