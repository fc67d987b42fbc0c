import { randomUUID } from 'node:crypto';
import {
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Context, Span as OtelSpan, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { TracingSettings } from './tracing-settings.ts';
import { tracedDatabase } from './traced-database.ts';
import type { Span, SpanEnd, SpanFacts, Tracing } from './tracing.ts';
import { currentScope, inScope } from './work-scope.ts';

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, server: SpanKind.SERVER } as const;

/** The kind of an error, never its text: that may quote what somebody sent. */
const errorKind = (error: unknown): string =>
  error instanceof Error ? ('code' in error && typeof error.code === 'string' ? error.code : error.name) : 'unknown';

const samplerOf = ({ sampler, ratio }: TracingSettings): Sampler => {
  const plain = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  };
  const [isParentBased, name] = sampler.startsWith('parentbased_') ? [true, sampler.slice(12)] : [false, sampler];
  const root = plain[name as keyof typeof plain]();
  return isParentBased ? new ParentBasedSampler({ root }) : root;
};

const traceparent = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;

/** The trace that a request's headers name; a damaged name is none. */
const contextOfHeaders = (headers: IncomingHttpHeaders): Context => {
  const { traceparent: parent, tracestate: state } = headers;
  const match = typeof parent === 'string' && !parent.startsWith('ff') ? traceparent.exec(parent) : null;
  if (match === null) {
    return ROOT_CONTEXT;
  }
  const [, traceId = '', spanId = '', flags = '0'] = match;
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(typeof state === 'string' ? { traceState: createTraceState(state) } : {}),
  };
  return isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT;
};

class TracedSpan implements Span {
  private readonly tracer: Tracer;
  private readonly span: OtelSpan;

  constructor(tracer: Tracer, span: OtelSpan) {
    this.tracer = tracer;
    this.span = span;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get headers(): Record<string, string> {
    const { traceId, spanId, traceFlags, traceState } = this.span.spanContext();
    return {
      traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
      ...(traceState === undefined ? {} : { tracestate: traceState.serialize() }),
    };
  }

  begin(name: string, kind: 'internal' | 'client', facts: SpanFacts = {}): TracedSpan {
    const context = trace.setSpan(ROOT_CONTEXT, this.span);
    return new TracedSpan(this.tracer, this.tracer.startSpan(name, { kind: kinds[kind], attributes: facts }, context));
  }

  fail(error: string): void {
    this.span.setAttribute('error.type', error).setStatus({ code: SpanStatusCode.ERROR });
  }

  end({ name, facts, error }: SpanEnd = {}): void {
    if (name !== undefined) {
      this.span.updateName(name);
    }
    if (facts !== undefined) {
      this.span.setAttributes(facts);
    }
    if (error !== undefined) {
      this.fail(error);
    }
    this.span.end();
  }
}

/** Says once that nothing arrives at the collector, and once that it does again. */
const sayingSo = (exporter: SpanExporter, log: Logger): SpanExporter => {
  let isFailing = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const isFailure = result.code !== 0;
        if (isFailure && !isFailing) {
          log.warn({ reason: result.error?.message }, 'traces cannot be sent; they are dropped until that works again');
        } else if (!isFailure && isFailing) {
          log.info('traces can be sent again');
        }
        isFailing = isFailure;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
};

const exportEveryMs = 5000;
const exportingMs = 10_000;

/** Sends traces to the collector that the settings name, a batch every few seconds. What cannot be sent is dropped. */
export const openTracing = (
  settings: TracingSettings,
  { version, database }: { version: string; database: string },
  log: Logger,
): Tracing => {
  const exporter = new OTLPTraceExporter({ url: settings.url, headers: settings.headers, timeoutMillis: exportingMs });
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.version': version,
        'service.instance.id': randomUUID(),
        ...settings.resource,
        'service.name': settings.serviceName,
      }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: sayingSo(exporter, log),
        scheduledDelayMillis: exportEveryMs,
        exportTimeoutMillis: exportingMs,
      }),
    ],
  });
  const tracer = provider.getTracer('zenskar-portal', version);
  const beginRoot = (name: string, kind: keyof typeof kinds, facts: SpanFacts, context: Context): TracedSpan =>
    new TracedSpan(tracer, tracer.startSpan(name, { kind: kinds[kind], attributes: facts }, context));

  return {
    beginRequest: (method, headers) =>
      beginRoot(method, 'server', { 'http.request.method': method }, contextOfHeaders(headers)),
    trace: async (name, { kind, facts = {} }, work) => {
      const scope = currentScope();
      const span = scope?.span?.begin(name, kind, facts) ?? beginRoot(name, kind, facts, ROOT_CONTEXT);
      try {
        const result = await inScope({ ...scope, span }, () => work(span));
        span.end();
        return result;
      } catch (error) {
        span.end({ error: errorKind(error) });
        throw error;
      }
    },
    database: tracedDatabase(database, errorKind),
    close: async (limitMs) => {
      const limit = new Promise<void>((resolve) => {
        setTimeout(resolve, limitMs).unref();
      });
      await Promise.race([provider.shutdown().catch(() => undefined), limit]);
    },
  };
};
