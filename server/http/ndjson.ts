import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Express, Response } from 'express';
import { api } from '#contract/api.ts';
import type { BodyOf, ResponseOf, StreamKey } from '#contract/api.ts';
import type { ErrorDetail } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { detailOf, HttpError } from './errors.ts';
import { contextOf } from './route.ts';
import type { Authenticate, RequestContext } from './route.ts';

const longestLineBytes = 1_000_000;
const recordsABatch = 500;
const batchBytes = 1_000_000;
const newline = 0x0a;

/** A line that holds no record, with what is wrong with it. */
export interface BadLine {
  line: number;
  code: 'line_malformed' | 'line_too_long' | 'request_invalid';
  message: string;
  detail: ErrorDetail[];
}

/** A line that holds a record; lines count from 1. */
export interface RecordLine<Value> {
  line: number;
  record: Value;
}

interface RawLine {
  line: number;
  /** Undefined: longer than is read. */
  text: string | undefined;
}

/** Splits a stream into lines; empty ones are left out but counted. Holds no more than one line that is too long. */
async function* linesOf(source: Readable): AsyncGenerator<RawLine> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let line = 0;
  const take = (end: Buffer): RawLine | undefined => {
    line += 1;
    const isTooLong = restBytes + end.length > longestLineBytes;
    const text = isTooLong ? undefined : Buffer.concat([...rest, end]).toString('utf8');
    rest = [];
    restBytes = 0;
    return text?.trim() === '' ? undefined : { line, text };
  };
  for await (const chunk of source as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const found = take(chunk.subarray(start, end));
      if (found !== undefined) {
        yield found;
      }
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    restBytes += tail.length;
    if (restBytes <= longestLineBytes) {
      rest.push(tail);
    } else {
      rest = [];
    }
  }
  const last = take(Buffer.alloc(0));
  if (last !== undefined) {
    yield last;
  }
}

const readLine = <Value>(
  { line, text }: RawLine,
  schema: NonNullable<Operation['body']>,
): RecordLine<Value> | BadLine => {
  if (text === undefined) {
    const message = `The line is longer than ${longestLineBytes} bytes`;
    return { line, code: 'line_too_long', message, detail: [] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, code: 'line_malformed', message: 'The line is not valid JSON', detail: [] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return { line, record: parsed.data as Value };
  }
  const detail = detailOf('body', parsed.error);
  const message = detail.map((entry) => `${entry.loc.slice(1).join('.')}: ${entry.msg}`).join('; ');
  return { line, code: 'request_invalid', message, detail };
};

/** Takes one batch of lines, good and bad, and answers one result for each, in the same order. */
export type TakeBatch<Key extends StreamKey, Caller> = (
  batch: readonly (RecordLine<BodyOf<Key>> | BadLine)[],
  call: { caller: Caller; context: RequestContext },
) => Promise<ResponseOf<Key>[]>;

const write = async (res: Response, text: string): Promise<void> => {
  if (!res.write(text)) {
    await Promise.race([once(res, 'drain'), once(res, 'close')]);
  }
};

/**
 * Binds an operation that takes newline-delimited JSON and answers a line for each record while it reads. It reads no
 * faster than the caller takes the results; when the caller goes away, it stops behind the batch that is under way.
 */
export const bindStream =
  (app: Express) =>
  <Key extends StreamKey, Caller>(key: Key, authenticate: Authenticate<Caller>, take: TakeBatch<Key, Caller>): void => {
    const [method, path] = (key as string).split(' ') as [string, string];
    const operation: Operation = api[key];
    const schema = operation.body;
    if (schema === undefined) {
      throw new Error(`${key} names no record`);
    }
    app[method.toLowerCase() as 'put'](path, async (req, res) => {
      const context = contextOf(req, res);
      const caller = await authenticate(context);
      if (!req.is(['application/x-ndjson', 'application/ndjson', 'application/jsonl'])) {
        throw new HttpError(415, 'media_type_unsupported', 'Send one JSON record a line, as application/x-ndjson');
      }
      res.setHeader('content-type', 'application/x-ndjson; charset=utf-8').setHeader('cache-control', 'no-store');
      let batch: (RecordLine<BodyOf<Key>> | BadLine)[] = [];
      let bytes = 0;
      const flush = async (): Promise<void> => {
        const results = batch.length === 0 ? [] : await take(batch, { caller, context });
        batch = [];
        bytes = 0;
        const text = results.map((result) => `${JSON.stringify(operation.response?.parse(result))}\n`).join('');
        await write(res, text);
      };
      for await (const raw of linesOf(req)) {
        batch.push(readLine<BodyOf<Key>>(raw, schema));
        bytes += raw.text?.length ?? 0;
        if (batch.length === recordsABatch || bytes >= batchBytes) {
          await flush();
          if (res.destroyed) {
            return;
          }
        }
      }
      await flush();
      res.end();
    });
  };
