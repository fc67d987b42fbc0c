import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as a collector has received it. */
export interface ReceivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  kind: number;
  attributes: Record<string, string | number | boolean | undefined>;
  /** 2: failed. */
  status: number;
  service: string;
}

/** Receives traces over OTLP/HTTP as JSON, on the loopback. */
export interface TraceCollector {
  url: string;
  /** Of the last post. */
  headers: Record<string, string>;
  spans: ReceivedSpan[];
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number; doubleValue?: number; boolValue?: boolean };
}

interface Post {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: {
        name: string;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        kind: number;
        attributes: Attribute[];
        status: { code?: number };
      }[];
    }[];
  }[];
}

const plain = (attributes: readonly Attribute[]): ReceivedSpan['attributes'] =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue,
    ]),
  );

export const startTraceCollector = async (): Promise<TraceCollector> => {
  const server = createServer((req, res) => {
    void json(req).then((body) => {
      collector.headers = req.headers as Record<string, string>;
      for (const { resource, scopeSpans } of (body as Post).resourceSpans) {
        const service = String(plain(resource.attributes)['service.name']);
        for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
          const { name, traceId, spanId, parentSpanId, kind, status } = span;
          const attributes = plain(span.attributes);
          collector.spans.push({
            name,
            traceId,
            spanId,
            parentSpanId,
            kind,
            attributes,
            status: status.code ?? 0,
            service,
          });
        }
      }
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const collector: TraceCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: {},
    spans: [],
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return collector;
};
