import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { BulkResult } from '#contract/bulk.ts';
import type { MerchantClient } from './merchant-client.ts';
import type { TestServer } from './test-server.ts';

/** One request that is still being written while its answer is read. */
export interface BulkStream {
  request: ClientRequest;
  /** Records as JSON lines; text as it is. */
  send(...lines: unknown[]): void;
  end(): void;
  /** The next results, waiting for so many. */
  results(count: number): Promise<BulkResult[]>;
  /** Every result up to the end of the answer. */
  rest(): Promise<BulkResult[]>;
}

const lineOf = (line: unknown): string => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`);

/** Opens a bulk change; `headers` come on top of the merchant's. */
export const openBulk = (
  server: Pick<TestServer, 'address'>,
  merchant: Pick<MerchantClient, 'headers'>,
  path: string,
  headers: Record<string, string> = {},
): BulkStream => {
  const sent = request(`${server.address}${path}`, {
    method: 'PUT',
    agent: false,
    headers: { 'content-type': 'application/x-ndjson', ...merchant.headers, ...headers },
  });
  sent.flushHeaders();
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  answered.catch(() => undefined);
  // Made at the first reading, so that nothing is read before.
  let lines: AsyncIterator<string> | undefined;
  const take = async (count: number): Promise<BulkResult[]> => {
    const found: BulkResult[] = [];
    lines ??= createInterface({ input: await answered })[Symbol.asyncIterator]();
    while (found.length < count) {
      const { done, value } = await lines.next();
      if (done === true) {
        break;
      }
      found.push(JSON.parse(value) as BulkResult);
    }
    return found;
  };
  return {
    request: sent,
    send: (...all) => {
      sent.write(all.map(lineOf).join(''));
    },
    end: () => {
      sent.end();
    },
    results: take,
    rest: () => take(Infinity),
  };
};

/** Sends all lines, and answers all results. */
export const sendBulk = async (
  server: Pick<TestServer, 'address'>,
  merchant: Pick<MerchantClient, 'headers'>,
  path: string,
  lines: readonly unknown[],
): Promise<BulkResult[]> => {
  const stream = openBulk(server, merchant, path);
  stream.send(...lines);
  stream.end();
  return stream.rest();
};
