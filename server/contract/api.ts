import type { z } from 'zod';
import { consoleApi } from './console-api.ts';
import { merchantApi } from './merchant-api.ts';
import { portalApi } from './portal-api.ts';

/**
 * Every operation, by method and path: the merchant API, the portal API with the hosted page, and the console API. Each
 * tree takes its own credential and no other.
 */
export const api = { ...merchantApi, ...portalApi, ...consoleApi } as const;

export type Api = typeof api;
export type OperationKey = keyof Api;
export type MerchantKey = keyof typeof merchantApi;

type Part<Key extends OperationKey, Name extends string> = Api[Key] extends Record<Name, infer Schema> ? Schema : never;
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler gets: parsed and with defaults filled in. */
export type ParamsOf<Key extends OperationKey> = Output<Part<Key, 'params'>>;
export type QueryOf<Key extends OperationKey> = Output<Part<Key, 'query'>>;
export type BodyOf<Key extends OperationKey> = Output<Part<Key, 'body'>>;
/** What a caller may send. */
export type QueryInputOf<Key extends OperationKey> = Input<Part<Key, 'query'>>;
export type BodyInputOf<Key extends OperationKey> = Input<Part<Key, 'body'>>;
/** What a caller gets. */
export type ResponseOf<Key extends OperationKey> = Output<Part<Key, 'response'>>;
/** The operations whose answer is a file. */
export type DownloadKey = {
  [Key in OperationKey]: Api[Key] extends { download: readonly string[] } ? Key : never;
}[OperationKey];
/** The operations that take and answer records, one a line. */
export type StreamKey = {
  [Key in OperationKey]: Api[Key] extends { isStream: true } ? Key : never;
}[OperationKey];
