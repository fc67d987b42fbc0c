import { randomUUID } from 'node:crypto';
import type {
  BodyInputOf,
  DownloadKey,
  MerchantKey,
  ParamsOf,
  QueryInputOf,
  ResponseOf,
  StreamKey,
} from '#contract/api.ts';
import { send } from './transport.ts';
import type { Outgoing, TransportSettings } from './transport.ts';

/** The operations that take and answer JSON. */
export type CallKey = Exclude<MerchantKey, DownloadKey | StreamKey>;
/** The operations that answer a file. */
export type FileKey = Extract<MerchantKey, DownloadKey>;
/** The operations that answer a page of a list. */
export type ListKey = {
  [Key in CallKey]: ResponseOf<Key> extends { results: unknown[]; next: string | null } ? Key : never;
}[CallKey];
export type ItemOf<Key extends ListKey> = ResponseOf<Key> extends { results: (infer Item)[] } ? Item : never;

type Scalar = string | number | boolean;

/** Filters as the API reference names them: `status__in: ['paid', 'void']`, `created_at__gte: '2026-01-01'`. */
export type QueryFor<Key extends MerchantKey> = {
  [Name in keyof QueryInputOf<Key>]?: QueryInputOf<Key>[Name] | Scalar | readonly Scalar[];
};

export interface CallSettings {
  signal?: AbortSignal;
  /** Of a POST: makes sending it again harmless, also from another process. Default: a random one for each call. */
  idempotencyKey?: string;
}

type Params<Key extends MerchantKey> = ParamsOf<Key> extends undefined ? unknown : { params: ParamsOf<Key> };
type Query<Key extends MerchantKey> = QueryInputOf<Key> extends undefined ? unknown : { query?: QueryFor<Key> };
type Body<Key extends MerchantKey> =
  BodyInputOf<Key> extends undefined
    ? unknown
    : Record<never, never> extends BodyInputOf<Key>
      ? { body?: BodyInputOf<Key> }
      : { body: BodyInputOf<Key> };

export type CallOptions<Key extends MerchantKey> = CallSettings & Params<Key> & Query<Key> & Body<Key>;

/** The options of a call, left out where nothing in them is required. */
export type OptionsArgument<Key extends MerchantKey> =
  Record<never, never> extends CallOptions<Key> ? [options?: CallOptions<Key>] : [options: CallOptions<Key>];

/** A file that an operation answers. */
export interface PortalFile {
  fileName: string | null;
  contentType: string;
  content: Uint8Array;
}

export interface Caller {
  call<Key extends CallKey>(key: Key, ...options: OptionsArgument<Key>): Promise<ResponseOf<Key>>;
  download<Key extends FileKey>(key: Key, ...options: OptionsArgument<Key>): Promise<PortalFile>;
  /** Every row of every page, fetched as they are asked for. */
  listAll<Key extends ListKey>(key: Key, ...options: OptionsArgument<Key>): AsyncGenerator<ItemOf<Key>, void>;
}

interface LooseOptions extends CallSettings {
  params?: Record<string, string>;
  query?: Record<string, Scalar | readonly Scalar[] | undefined>;
  body?: unknown;
}

const pathOf = (template: string, params: Record<string, string>): string =>
  template.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') {
      throw new TypeError(`${template} needs ${name}`);
    }
    return encodeURIComponent(value);
  });

const queryText = (query: NonNullable<LooseOptions['query']>): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((item): [string, string] => [name, String(item)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
};

const outgoingOf = (
  key: string,
  { params = {}, query = {}, body, signal, idempotencyKey }: LooseOptions,
  headers: Record<string, string>,
): Outgoing => {
  const [method = '', template = ''] = key.split(' ');
  const takesBody = method !== 'GET' && method !== 'DELETE';
  return {
    method,
    path: `${pathOf(template, params)}${queryText(query)}`,
    headers: {
      ...headers,
      ...(takesBody ? { 'content-type': 'application/json' } : {}),
      ...(method === 'POST' ? { 'idempotency-key': idempotencyKey ?? randomUUID() } : {}),
    },
    signal,
    ...(takesBody ? { body: JSON.stringify(body ?? {}) } : {}),
  };
};

const fileNameOf = (header: string | null): string | null => {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  return extended === undefined
    ? (/filename="?([^";]+)"?/i.exec(header ?? '')?.[1] ?? null)
    : decodeURIComponent(extended);
};

/** Makes calls typed by the contract's operations, with the merchant's credential. */
export const createCaller = (settings: TransportSettings, headers: Record<string, string>): Caller => {
  const request = async <Answer>(
    key: string,
    options: LooseOptions | undefined,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer> => send(settings, outgoingOf(key, options ?? {}, headers), read);

  const call: Caller['call'] = <Key extends CallKey>(key: Key, ...[options]: OptionsArgument<Key>) =>
    request(key, options as LooseOptions | undefined, (response) => response.json() as Promise<ResponseOf<Key>>);

  return {
    call,
    download: (key, ...[options]) =>
      request(key, options as LooseOptions | undefined, async (response) => ({
        fileName: fileNameOf(response.headers.get('content-disposition')),
        contentType: response.headers.get('content-type') ?? '',
        content: new Uint8Array(await response.arrayBuffer()),
      })),
    listAll: async function* <Key extends ListKey>(key: Key, ...[options]: OptionsArgument<Key>) {
      const loose = (options ?? {}) as LooseOptions;
      let cursor: string | null = null;
      do {
        const query = { limit: 100, ...loose.query, ...(cursor === null ? {} : { cursor }) };
        const page: { results: ItemOf<Key>[]; next: string | null } = await request(
          key,
          { ...loose, query },
          async (response) => (await response.json()) as { results: ItemOf<Key>[]; next: string | null },
        );
        yield* page.results;
        cursor = page.next;
      } while (cursor !== null);
    },
  };
};
