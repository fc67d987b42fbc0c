import type { Terminal } from '../command-line/command-line.ts';

const linesEveryMs = 5_000;
const drawnEveryMs = 200;

/** Tells a person how far it is, seldom enough that telling costs nothing. */
export const progressOf = ({ stderr }: Terminal, verb: string, total: number) => {
  let first: { rows: number; at: number } | undefined;
  let toldAt = 0;
  return (rows: number, table: string): void => {
    const now = performance.now();
    if (first === undefined) {
      first = { rows, at: now };
      toldAt = now;
    }
    const isEnd = rows === total;
    if (!isEnd && now - toldAt < (stderr.isTTY === true ? drawnEveryMs : linesEveryMs)) {
      return;
    }
    toldAt = now;
    const rate = Math.round(((rows - first.rows) / Math.max(now - first.at, 1)) * 1000);
    const share = total === 0 ? 100 : Math.floor((rows / total) * 100);
    const text = `${verb} ${rows} of ${total} rows, ${share} %, ${rate} rows/s, ${table}`;
    stderr.write(stderr.isTTY === true ? `\r\u001b[K${text}${isEnd ? '\n' : ''}` : `${text}\n`);
  };
};

export type Progress = ReturnType<typeof progressOf>;
