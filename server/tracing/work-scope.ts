import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from './tracing.ts';

/** What the work under way belongs to: log lines and spans carry it. */
export interface WorkScope {
  /** Undefined for what no request asks for. */
  requestId?: string | undefined;
  /** Undefined while tracing is off. */
  span?: Span | undefined;
}

const scopes = new AsyncLocalStorage<WorkScope>();

export const inScope = <Result>(scope: WorkScope, work: () => Result): Result => scopes.run(scope, work);

export const currentScope = (): WorkScope | undefined => scopes.getStore();

/** What every log line says of the work in which it is written. */
export const scopeOfLogLine = (): { request_id?: string; trace_id?: string } => {
  const { requestId, span } = scopes.getStore() ?? {};
  return {
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(span === undefined ? {} : { trace_id: span.traceId }),
  };
};
