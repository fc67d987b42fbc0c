import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { api } from '#contract/api.ts';
import type { BodyOf, DownloadKey, OperationKey, ParamsOf, QueryOf, ResponseOf, StreamKey } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';
import type { Dependencies } from '../dependencies.ts';
import { clientNetwork } from './client-network.ts';
import { detailOf, invalid } from './errors.ts';
import type { RequestPart } from './errors.ts';
import { jsonReader } from './json-body.ts';
import type { TransferCaller } from './transfer-limit.ts';

/** What authenticators and handlers may know of a request besides its parsed parts. */
export interface RequestContext {
  requestId: string;
  /** As they stand in the path, not yet parsed. */
  pathParams: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's address, as TRUST_PROXY lets it be believed; of IPv6 its network, all of which is one client's. */
  ip: string;
  /** The key or session behind the request, once an authenticator has found it: transfers are counted by it. */
  transferCaller?: TransferCaller;
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

type Result<Key extends OperationKey> = Key extends DownloadKey ? Download : ResponseOf<Key> | Reply<ResponseOf<Key>>;

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

export const contextOf = (req: Request, res: Response): RequestContext => ({
  requestId: String(res.getHeader('x-request-id')),
  pathParams: req.params,
  get ip() {
    return clientNetwork(req.ip ?? '');
  },
  header: (name) => req.get(name),
});

export const transferCallerOf = ({ transferCaller }: RequestContext): TransferCaller => {
  if (transferCaller === undefined) {
    throw new Error('A transfer needs an authenticator that says who is calling');
  }
  return transferCaller;
};

/**
 * Makes the binder of an app. A bound operation authenticates, parses params, query and body by the contract, calls the
 * handler, and parses the answer, so that a field which the contract does not name cannot leave the server.
 */
export const bindTo =
  (app: Express, { rateLimits }: Pick<Dependencies, 'rateLimits'>): Bind =>
  (key, authenticate, handler) => {
    const [method, path] = key.split(' ') as [string, string];
    const operation: Operation = api[key];
    const readJson = jsonReader(key);
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
    app[verb](path, async (req, res) => {
      const context = contextOf(req, res);
      const caller = await authenticate(context);
      const sent = await readJson(req, res);
      const call = {
        params: parsePart(operation.params, 'path', req.params),
        query: parsePart(operation.query, 'query', req.query),
        body: parsePart(operation.body, 'body', sent),
        caller,
        context,
      } as Call<typeof key, typeof caller>;
      if (operation.download !== undefined) {
        const leave = rateLimits.transfers.enter(transferCallerOf(context));
        try {
          await sendDownload(res, (await handler(call)) as Download);
        } finally {
          leave();
        }
        return;
      }
      const result = await handler(call);
      const [body, headers] = result instanceof Reply ? [result.body, result.headers] : [result, {}];
      const text = JSON.stringify(operation.response?.parse(body));
      res.setHeader('content-type', 'application/json; charset=utf-8').setHeader('cache-control', 'no-store');
      res.set(headers);
      res.end(text);
    });
  };
