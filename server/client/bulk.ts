import type { BodyInputOf, MerchantKey, StreamKey } from '#contract/api.ts';
import type { BulkResult } from '#contract/bulk.ts';
import { send } from './transport.ts';
import type { TransportSettings } from './transport.ts';

export type BulkKey = Extract<MerchantKey, StreamKey>;

export type Records<Item> = Iterable<Item> | AsyncIterable<Item>;

const recordsARequest = 2000;
const charactersARequest = 4_000_000;

async function* requestsOf(records: Records<unknown>): AsyncGenerator<string[]> {
  let lines: string[] = [];
  let characters = 0;
  for await (const record of records) {
    const line = JSON.stringify(record);
    if (lines.length > 0 && (lines.length === recordsARequest || characters + line.length > charactersARequest)) {
      yield lines;
      lines = [];
      characters = 0;
    }
    lines.push(line);
    characters += line.length;
  }
  if (lines.length > 0) {
    yield lines;
  }
}

/**
 * Sends records of any number, a request of at most 2,000 after the other, and yields one result each in their order;
 * `line` counts from 1 over all of them. It reads no further ahead than one request. A request whose answer was lost is
 * sent again, which changes nothing twice: its records may then be `unchanged` instead of `created`.
 * @throws PortalApiError, PortalConnectionError; what was sent before stays
 */
export async function* sendBulk<Key extends BulkKey>(
  settings: TransportSettings,
  headers: Record<string, string>,
  key: Key,
  records: Records<BodyInputOf<Key>>,
): AsyncGenerator<BulkResult, void> {
  const [method = '', path = ''] = (key as string).split(' ');
  let sent = 0;
  for await (const lines of requestsOf(records)) {
    const outgoing = {
      method,
      path,
      headers: { ...headers, 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    };
    const results = await send(settings, outgoing, async (response) => {
      const answered = (await response.text()).split('\n').filter((line) => line !== '');
      if (answered.length !== lines.length) {
        throw new Error(`The answer broke off after ${answered.length} of ${lines.length} records`);
      }
      return answered.map((line) => JSON.parse(line) as BulkResult);
    });
    const offset = sent;
    yield* results.map((result) => ({ ...result, line: result.line + offset }));
    sent += lines.length;
  }
}
