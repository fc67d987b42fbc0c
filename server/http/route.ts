import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Response } from 'express';
import { api } from '#contract/api.ts';
import type { BodyOf, DownloadKey, OperationKey, ParamsOf, QueryOf, ResponseOf, StreamKey } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';
import { readBehind } from '../database/organisation-context.ts';
import type { Dependencies } from '../dependencies.ts';
import { clientAddress } from './client-address.ts';
import { clientNetwork } from './client-network.ts';
import { etagMaker, etagOfText, isKnown, Versioned } from './conditional.ts';
import type { Answer, DirectRoutes, PathParams } from './direct-routes.ts';
import { detailOf, invalid } from './errors.ts';
import type { RequestPart } from './errors.ts';
import { answerText } from './answer-text.ts';
import { hasBody, jsonReader } from './json-body.ts';
import type { JsonText } from '../database/json-text.ts';
import { queryReader } from './query-reader.ts';
import type { TransferCaller } from './transfer-limit.ts';

/** What authenticators and handlers may know of a request besides its parsed parts. */
export interface RequestContext {
  requestId: string;
  /** As they stand in the path, not yet parsed. */
  pathParams: PathParams;
  /** The client's address, as TRUST_PROXY lets it be believed; of IPv6 its network, all of which is one client's. */
  ip: string;
  /** The key or session behind the request, once an authenticator has found it: transfers are counted by it. */
  transferCaller?: TransferCaller;
  /** The last change that the caller may have seen, once an authenticator has found it: reads are not behind it. */
  lastChange?: string;
  header(name: string): string | undefined;
}

/** Who is calling: reads the request's credential, and throws an HttpError when it is not good enough. */
export type Authenticate<Caller> = (context: RequestContext) => Caller | Promise<Caller>;

/** No credential: the operation is itself the way to one. */
export const anyone: Authenticate<undefined> = () => undefined;

export interface Call<Key extends OperationKey, Caller> {
  params: ParamsOf<Key>;
  query: QueryOf<Key>;
  body: BodyOf<Key>;
  caller: Caller;
  context: RequestContext;
}

/** A body with headers: for the few answers that carry an ETag or a cookie. */
export class Reply<Body> {
  readonly body: Body;
  readonly headers: Record<string, string>;

  constructor(body: Body, headers: Record<string, string>) {
    this.body = body;
    this.headers = headers;
  }
}

/** A file for the caller to save; of the media types that the operation names. */
export class Download {
  readonly contentType: string;
  readonly fileName: string;
  readonly content: Readable;

  constructor(contentType: string, fileName: string, content: Readable) {
    this.contentType = contentType;
    this.fileName = fileName;
    this.content = content;
  }
}

type Body<Key extends OperationKey> = ResponseOf<Key> | JsonText<ResponseOf<Key>>;

type Result<Key extends OperationKey> = Key extends DownloadKey
  ? Download
  : Body<Key> | Reply<ResponseOf<Key>> | Versioned<Body<Key>>;

export type Handler<Key extends OperationKey, Caller> = (call: Call<Key, Caller>) => Promise<Result<Key>>;

/** An operation that reads one request and writes one answer. */
export type BoundKey = Exclude<OperationKey, StreamKey>;

/** Binds one operation of the contract to its handler. */
export type Bind = <Key extends BoundKey, Caller>(
  key: Key,
  authenticate: Authenticate<Caller>,
  handler: Handler<Key, Caller>,
) => void;

/** However slowly it is read: a reader that takes some bytes now and then is never idle. */
const longestDownloadMs = 30 * 60_000;

/** Saved, never shown: nothing in a file may run on our origin. An answer that breaks off is seen as broken. */
const sendDownload = async (res: Response, { contentType, fileName, content }: Download): Promise<void> => {
  res
    .attachment(fileName)
    .set({ 'content-type': contentType, 'content-security-policy': 'sandbox', 'cache-control': 'no-store' });
  await pipeline(content, res, { signal: AbortSignal.timeout(longestDownloadMs) });
};

/** @throws HttpError 422 naming each refused field */
export const parsePart = (schema: Operation['body'], part: RequestPart, value: unknown): unknown => {
  if (schema === undefined) {
    const names = Object.keys(value ?? {});
    if (names.length > 0) {
      throw invalid(names.map((name) => ({ loc: [part, name], msg: 'Unknown field', type: 'extra_forbidden' })));
    }
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw invalid(detailOf(part, parsed.error));
  }
  return parsed.data;
};

/** Reads from the request what is asked for, when it is. */
class HttpContext implements RequestContext {
  readonly pathParams: PathParams;
  transferCaller?: TransferCaller;
  lastChange?: string;
  private readonly req: IncomingMessage;
  private readonly res: ServerResponse;
  private readonly trustedProxies: number;

  constructor(req: IncomingMessage, res: ServerResponse, params: PathParams, trustedProxies: number) {
    this.req = req;
    this.res = res;
    this.pathParams = params;
    this.trustedProxies = trustedProxies;
  }

  get requestId(): string {
    return String(this.res.getHeader('x-request-id'));
  }

  get ip(): string {
    return clientNetwork(clientAddress(this.req, this.trustedProxies));
  }

  header(name: string): string | undefined {
    return this.req.headers[name] as string | undefined;
  }
}

export type ContextMaker = (req: IncomingMessage, res: ServerResponse, params: PathParams) => RequestContext;

export const contextMaker =
  ({ config }: Pick<Dependencies, 'config'>): ContextMaker =>
  (req, res, params) =>
    new HttpContext(req, res, params, config.trustProxy);

export const transferCallerOf = ({ transferCaller }: RequestContext): TransferCaller => {
  if (transferCaller === undefined) {
    throw new Error('A transfer needs an authenticator that says who is calling');
  }
  return transferCaller;
};

const sendJson = (res: ServerResponse, text: string, headers: Record<string, string>): void => {
  res.setHeader('content-type', 'application/json; charset=utf-8').setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(headers)) {
    res.setHeader(name, value);
  }
  const bytes = Buffer.byteLength(text);
  res.setHeader('content-length', bytes);
  // Text that is all ASCII is the same bytes in either, and Node writes these faster.
  res.end(text, bytes === text.length ? 'latin1' : 'utf8');
};

/** The caller asked for it and has it. */
const sendNotModified = (res: ServerResponse, etag: string): void => {
  res.setHeader('etag', etag).setHeader('cache-control', 'no-store');
  res.statusCode = 304;
  res.end();
};

/**
 * Makes the binder of an app. A bound operation authenticates, parses params, query and body by the contract, calls the
 * handler, and parses the answer, so that a field which the contract does not name cannot leave the server. What answers
 * JSON is bound twice, to be found directly or by Express.
 */
export const bindTo =
  (app: Express, direct: DirectRoutes, dependencies: Pick<Dependencies, 'rateLimits' | 'config'>): Bind =>
  (key, authenticate, handler) => {
    const { transfers } = dependencies.rateLimits;
    const [method, path] = key.split(' ') as [string, string];
    const operation: Operation = api[key];
    const makeContext = contextMaker(dependencies);
    const readJson = jsonReader(key);
    const readQuery = queryReader((query) => parsePart(operation.query, 'query', query));
    const isConditional = key.startsWith('GET /portal/');
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';

    const callOf = async (req: IncomingMessage, res: ServerResponse, params: PathParams) => {
      const context = makeContext(req, res, params);
      const caller = await authenticate(context);
      if (method === 'GET' && context.lastChange !== undefined) {
        readBehind(context.lastChange);
      }
      const sent = hasBody(req) ? await readJson(req, res) : {};
      return {
        params: parsePart(operation.params, 'path', params),
        query: readQuery(req.url ?? ''),
        body: parsePart(operation.body, 'body', sent),
        caller,
        context,
      } as Call<typeof key, typeof caller>;
    };

    if (operation.download !== undefined) {
      app[verb](path, async (req, res) => {
        const call = await callOf(req, res, req.params);
        const leave = transfers.enter(transferCallerOf(call.context));
        try {
          await sendDownload(res, (await handler(call)) as Download);
        } finally {
          leave();
        }
      });
      return;
    }

    const textOf = answerText(operation, dependencies.config);
    const etagOf = etagMaker(dependencies.config);
    const answer: Answer = async (req, res, params) => {
      const result = await handler(await callOf(req, res, params));
      const { 'if-none-match': ifNoneMatch } = req.headers;
      if (result instanceof Versioned) {
        const etag = etagOf(req.url ?? '', result.version);
        if (isKnown(ifNoneMatch, etag)) {
          sendNotModified(res, etag);
        } else {
          sendJson(res, textOf(await result.read()), { etag });
        }
        return;
      }
      const headers: Record<string, string> = result instanceof Reply ? result.headers : {};
      const text = textOf(result instanceof Reply ? result.body : result);
      const etag = headers['etag'] ?? (isConditional ? etagOfText(text) : undefined);
      if (etag !== undefined && method === 'GET' && isKnown(ifNoneMatch, etag)) {
        sendNotModified(res, etag);
      } else {
        sendJson(res, text, etag === undefined ? headers : { ...headers, etag });
      }
    };
    direct.add(method, path, answer);
    app[verb](path, (req, res) => answer(req, res, req.params));
  };
