import type { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Express, Request, Response } from 'express';
import { api } from '#contract/api.ts';
import type { BodyOf, ResponseOf, StreamKey } from '#contract/api.ts';
import type { ErrorDetail } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import type { Dependencies } from '../dependencies.ts';
import type { BodyDeadlines } from './body-deadline.ts';
import { detailOf, HttpError } from './errors.ts';
import { LineSplitter, longestLineBytes } from './line-splitter.ts';
import type { RawLine } from './line-splitter.ts';
import { contextMaker, parsePart, transferCallerOf } from './route.ts';
import type { Authenticate, RequestContext } from './route.ts';

const recordsABatch = 500;
const batchBytes = 1_000_000;

/** So long the caller may pause before the records that are there are taken without waiting for more. */
const pauseMs = 20;

/** So much of the answer is kept for a caller who sends everything before reading anything: some 100,000 results. */
const unreadBytes = 16_000_000;

const mediaTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/** A line that holds no record, with what is wrong with it. */
export interface BadLine {
  line: number;
  code: 'line_malformed' | 'line_too_long' | 'request_invalid';
  message: string;
  detail: ErrorDetail[];
  externalId: string | null;
}

/** A line that holds a record; lines count from 1. */
export interface RecordLine<Value> {
  line: number;
  record: Value;
}

export type Line<Value> = RecordLine<Value> | BadLine;

const badLine = (line: number, code: BadLine['code'], message: string): BadLine => ({
  line,
  code,
  message,
  detail: [],
  externalId: null,
});

const externalIdIn = (value: unknown): string | null => {
  const externalId = (value as { external_id?: unknown } | null)?.external_id;
  return typeof externalId === 'string' ? externalId.slice(0, 255) : null;
};

const parseLine = <Value>(line: number, text: string, schema: NonNullable<Operation['body']>): Line<Value> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return badLine(line, 'line_malformed', 'The line is not valid JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return { line, record: parsed.data as Value };
  }
  const detail = detailOf('body', parsed.error);
  const message = detail.map((entry) => `${entry.loc.slice(1).join('.')}: ${entry.msg}`).join('; ');
  return { line, code: 'request_invalid', message, detail, externalId: externalIdIn(value) };
};

const readLine = <Value>({ line, text }: RawLine, schema: NonNullable<Operation['body']>): Line<Value> => {
  if (typeof text !== 'string') {
    return text.problem === 'too_long'
      ? badLine(line, 'line_too_long', `The line is longer than ${longestLineBytes} bytes`)
      : badLine(line, 'line_malformed', 'The line is not valid UTF-8');
  }
  try {
    return parseLine(line, text, schema);
  } catch (error) {
    if (error instanceof RangeError) {
      return badLine(line, 'line_malformed', 'The line is nested too deeply');
    }
    throw error;
  }
};

/** Whether nothing comes for a while. */
const isPaused = (next: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pauseMs, true);
    const come = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    next.then(come, come);
  });

/** Batches of lines: full ones while lines come fast, and what there is when they pause. */
async function* batchesOf(source: Readable): AsyncGenerator<RawLine[]> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  const splitter = new LineSplitter();
  let batch: RawLine[] = [];
  let bytes = 0;
  for (let isDone = false; !isDone;) {
    const next = chunks.next();
    if (batch.length > 0 && (await isPaused(next))) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    const { done, value } = await next;
    isDone = done === true;
    for (const line of value === undefined ? splitter.end() : splitter.push(value)) {
      batch.push(line);
      bytes += line.bytes;
      if (batch.length === recordsABatch || bytes >= batchBytes) {
        yield batch;
        batch = [];
        bytes = 0;
      }
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

const drained = (res: Response): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
  });

const write = async (res: Response, text: string): Promise<void> => {
  res.write(text);
  if (res.writableLength > unreadBytes && !res.destroyed) {
    await drained(res);
  }
};

const checkMediaType = (req: Request): void => {
  const encoding = req.get('content-encoding') ?? 'identity';
  if (!req.is(mediaTypes) || encoding !== 'identity') {
    throw new HttpError(
      415,
      'media_type_unsupported',
      'Send one JSON record a line, as application/x-ndjson, not compressed',
    );
  }
};

/** What is done with the lines of one request. */
export interface LineRun<Key extends StreamKey> {
  /** Takes a batch of lines, good and bad, and answers one result for each, in the same order. It may not fail. */
  take(batch: readonly Line<BodyOf<Key>>[]): Promise<ResponseOf<StreamKey>[]>;
}

export type StartRun<Key extends StreamKey, Caller> = (call: {
  caller: Caller;
  context: RequestContext;
}) => LineRun<Key>;

export type BindStream = <Key extends StreamKey, Caller>(
  key: Key,
  authenticate: Authenticate<Caller>,
  start: StartRun<Key, Caller>,
) => void;

/**
 * Binds an operation that takes newline-delimited JSON and answers a line for each record while it reads. What a caller
 * leaves unread is kept up to a limit; then no more is read until it reads. When the caller goes away, the batch under
 * way is the last, and a line without its end is not taken. A stream may last; one that stands still is cut by the server.
 */
export const bindStreamTo =
  (
    app: Express,
    { rateLimits, config, deadlines }: Pick<Dependencies, 'rateLimits' | 'config'> & { deadlines: BodyDeadlines },
  ): BindStream =>
  <Key extends StreamKey, Caller>(key: Key, authenticate: Authenticate<Caller>, start: StartRun<Key, Caller>) => {
    const [method, path] = (key as string).split(' ') as [string, string];
    const operation: Operation = api[key];
    const { body: record, response: result } = operation;
    if (record === undefined || result === undefined) {
      throw new Error(`${key} names no record or no result`);
    }
    const makeContext = contextMaker({ config });
    app[method.toLowerCase() as 'put'](path, async (req, res) => {
      const context = makeContext(req, res, req.params);
      const caller = await authenticate(context);
      parsePart(operation.query, 'query', req.query);
      checkMediaType(req);
      const run = start({ caller, context });
      const leave = rateLimits.transfers.enter(transferCallerOf(context));
      deadlines.lift(req);
      res.setHeader('content-type', 'application/x-ndjson; charset=utf-8').setHeader('cache-control', 'no-store');
      res.flushHeaders();
      try {
        for await (const batch of batchesOf(req)) {
          const results = await run.take(batch.map((line) => readLine<BodyOf<Key>>(line, record)));
          await write(res, results.map((one) => `${JSON.stringify(result.parse(one))}\n`).join(''));
          if (res.destroyed) {
            break;
          }
          await othersTurn();
        }
      } catch (error) {
        if (!req.destroyed) {
          throw error;
        }
      } finally {
        leave();
      }
      res.end();
    });
  };
