import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A line to a database, which can go wrong. */
export interface Line {
  /** The database's, over this line. */
  url: string;
  /** Lets nothing pass any more, either way. */
  silence(): void;
  /** New connections go to this database. */
  leadTo(databaseUrl: string): void;
  /** Breaks all connections, and takes no more. */
  cut(): Promise<void>;
}

export const startLine = async (databaseUrl: string): Promise<Line> => {
  const ends = new Set<Socket>();
  let target = new URL(databaseUrl);
  let isSilent = false;
  const line = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      one
        .on('error', () => undefined)
        .on('data', (chunk) => {
          if (!isSilent) {
            other.write(chunk);
          }
        });
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
    }
  });
  await once(line.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(databaseUrl);
  url.port = String((line.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: () => {
      isSilent = true;
    },
    leadTo: (otherUrl) => {
      target = new URL(otherUrl);
    },
    cut: async () => {
      const closed = once(line, 'close');
      line.close();
      for (const end of ends) {
        end.destroy();
      }
      await closed;
    },
  };
};
