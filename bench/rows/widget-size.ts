import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

/** A line of `npm run size` that has a limit: `name (≤ most)  raw  gzip`. */
const limited = /^(.+) \(≤ (\d+)\) +(\d+) +(\d+)$/;

export const widgetSize: Row = {
  name: 'widget-size',
  about: 'bytes of the widget by gzip against their limits',
  run: () => {
    const script = fileURLToPath(new URL('../../widget/size.ts', import.meta.url));
    const found = execFileSync(process.execPath, [script], { encoding: 'utf8' })
      .split('\n')
      .map((line) => limited.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', most, , gzip]) =>
        resultOf(
          {
            name: `widget-size-${name.replaceAll(' ', '-')}`,
            work: `size of the widget, ${name}`,
            baseline: 'its limit',
            unit: 'bytes by gzip',
            goal: atMost(1),
          },
          { bare: [Number(most)], ours: [Number(gzip)] },
        ),
      );
    if (found.length === 0) {
      throw new Error('npm run size names no limits');
    }
    return Promise.resolve(found);
  },
};
