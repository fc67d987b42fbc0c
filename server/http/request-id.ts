import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dependencies } from '../dependencies.ts';
import type { WorkScope } from '../tracing/work-scope.ts';

/** A request once its route is known. Express says it in the same place. */
export type RoutedRequest = IncomingMessage & { route?: { path: string } };

/** As proxies make them: nothing in it can break a log line or an address. */
const wellFormedId = /^[\w.-]{8,64}$/;

/** Names a request, so that a customer can quote it and a log line can be found by it. A proxy of ours may have done so. */
const nameRequest = (req: IncomingMessage, res: ServerResponse, trustedProxies: number): string => {
  const given = trustedProxies > 0 ? req.headers['x-request-id'] : undefined;
  const id = typeof given === 'string' && wellFormedId.test(given) ? given.toLowerCase() : randomUUID();
  res.setHeader('x-request-id', id);
  return id;
};

/** Begins to watch a request: it has a name and, with tracing, a span, and when it has ended it is logged and counted. */
export const requestWatch = ({
  config,
  log,
  metrics,
  tracing,
}: Pick<Dependencies, 'config' | 'log' | 'metrics' | 'tracing'>): ((
  req: RoutedRequest,
  res: ServerResponse,
) => WorkScope) => {
  /**
   * One line a request that changes something or fails; of the others only where everything is logged. It names the route,
   * never the address: that may hold a token.
   */
  return (req, res) => {
    const startedAt = performance.now();
    const requestId = nameRequest(req, res, config.trustProxy);
    const method = req.method ?? '';
    // As with the request's id: strangers neither name our traces nor decide which are kept.
    const span = tracing.beginRequest(method, config.trustProxy > 0 ? req.headers : {});
    metrics.requestBegan();
    res.once('close', () => {
      const durationMs = performance.now() - startedAt;
      const path = req.route?.path;
      const route = typeof path === 'string' ? path : undefined;
      const status = res.writableFinished ? res.statusCode : undefined;
      metrics.requestEnded({ method, route, status, durationMs });
      span?.end({
        name: route === undefined ? method : `${method} ${route}`,
        facts: {
          ...(route === undefined ? {} : { 'http.route': route }),
          ...(status === undefined ? {} : { 'http.response.status_code': status }),
        },
        error: status === undefined ? 'broken_off' : status >= 500 ? String(status) : undefined,
      });
      const isQuiet = method === 'GET' && status !== undefined && status < 400;
      if (!isQuiet || log.isLevelEnabled('debug')) {
        log[isQuiet ? 'debug' : 'info'](
          {
            request_id: requestId,
            ...(span === undefined ? {} : { trace_id: span.traceId }),
            method,
            route: route ?? 'none',
            ...(status === undefined ? { broken_off: true } : { status }),
            duration_ms: Math.round(durationMs * 1000) / 1000,
          },
          'request',
        );
      }
    });
    return { requestId, span };
  };
};
