import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseObserver } from '../database/observed-dialect.ts';

/** Never values that a customer or a merchant has brought: a collector is no place for them. */
export type SpanFacts = Record<string, string | number | boolean>;

export interface SpanEnd {
  /** In the place of the one that it began with. */
  name?: string;
  facts?: SpanFacts;
  /** What kind of error ended it; undefined for none. */
  error?: string | undefined;
}

/** A piece of work, with its beginning and end. */
export interface Span {
  readonly traceId: string;
  /** W3C trace context, to be sent along to whoever does a part of the work. */
  readonly headers: Readonly<Record<string, string>>;
  /** Begins a part of this work; `client` is work that another system does for us. */
  begin(name: string, kind: 'internal' | 'client', facts?: SpanFacts): Span;
  /** Marks it as failed, with the kind of the error; it goes on until its end. */
  fail(error: string): void;
  end(outcome?: SpanEnd): void;
}

export interface Tracing {
  /** Begins the span of a request, within the trace that its headers name. */
  beginRequest(method: string, headers: IncomingHttpHeaders): Span | undefined;
  /** Does work as a part of what is under way, or, where nothing is, as the beginning of a trace. */
  trace<Result>(
    name: string,
    { kind, facts }: { kind: 'internal' | 'client'; facts?: SpanFacts },
    work: (span: Span | undefined) => Promise<Result>,
  ): Promise<Result>;
  /** Sees transactions and statements; undefined while tracing is off. */
  readonly database: DatabaseObserver | undefined;
  /** Sends what has not been sent yet, for at most so long. Never throws. */
  close(limitMs: number): Promise<void>;
}

/** While no collector is named, nothing is traced, and nothing of OpenTelemetry is loaded. */
export const noTracing: Tracing = {
  beginRequest: () => undefined,
  trace: (_name, _options, work) => work(undefined),
  database: undefined,
  close: () => Promise.resolve(),
};
