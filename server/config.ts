import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { MetricsAddress } from './metrics/metrics-server.ts';
import { tracingSettingsOf, tracingVariables } from './tracing/tracing-settings.ts';
import type { TracingSettings } from './tracing/tracing-settings.ts';
import type { PostgresSettings } from './database/postgres/open-postgres.ts';

/** One key that signs access tokens and cursors. */
export interface SigningKey {
  kid: string;
  key: KeyObject;
}

const minimumSecretBytes = 32;

const SigningSecrets = z.string('SIGNING_SECRETS is missing').transform((text, ctx): [SigningKey, ...SigningKey[]] => {
  const keys = text.split(',').map((entry): SigningKey | undefined => {
    const match = /^([A-Za-z0-9-]{1,32}):([A-Za-z0-9_-]+)$/.exec(entry.trim());
    const secret = Buffer.from(match?.[2] ?? '', 'base64url');
    return match?.[1] === undefined || secret.length < minimumSecretBytes
      ? undefined
      : { kid: match[1], key: createSecretKey(secret) };
  });
  const [first, ...rest] = keys.filter((key) => key !== undefined);
  if (first === undefined || rest.length + 1 !== keys.length) {
    ctx.addIssue({
      code: 'custom',
      message: `SIGNING_SECRETS must be a comma-separated list of <name>:<base64url of at least ${minimumSecretBytes} random bytes>`,
    });
    return z.NEVER;
  }
  if (new Set(keys.map((key) => key?.kid)).size !== keys.length) {
    ctx.addIssue({ code: 'custom', message: 'SIGNING_SECRETS names a key twice' });
    return z.NEVER;
  }
  return [first, ...rest];
});

const PublicUrl = z
  .url({
    protocol: /^https?$/,
    abort: true,
    error: ({ input }) =>
      `PUBLIC_URL ${input === undefined ? 'is missing: it is' : 'must be'} the http(s) address at which browsers reach this server`,
  })
  .refine((text) => new URL(text).pathname === '/', 'PUBLIC_URL must be an address without a path')
  .transform((text) => new URL(text).origin);

/** SQLite's file or PostgreSQL's address, which may hold a password: no message repeats it. */
export const DatabaseUrl = z
  .string('DATABASE_URL is missing: it must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>')
  .refine(
    (text) => /^sqlite:.+$/.test(text) || (/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)),
    'DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>',
  );

/** A variable that is set to nothing is not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Environment = z.object({
  DATABASE_URL: DatabaseUrl,
  /** Connections to PostgreSQL at most, of one process. */
  DATABASE_CONNECTIONS: z.coerce.number('DATABASE_CONNECTIONS must be a whole number from 1').int().min(1).default(10),
  /** `off` where a pooler in between cannot keep prepared statements: pgbouncer before 1.21. */
  DATABASE_PREPARED_STATEMENTS: z.enum(['on', 'off']).default('on'),
  /** A copy that follows the database, such as a hot standby. */
  DATABASE_READ_URL: z
    .string()
    .refine(
      (text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text),
      'DATABASE_READ_URL must be postgres://<user>:<password>@<host>/<database>',
    )
    .optional(),
  PUBLIC_URL: PublicUrl,
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('PORT must be a whole number from 0 to 65535').int().min(0).max(65535).default(4000),
  SIGNING_SECRETS: SigningSecrets,
  /** How many proxies in front of this server may be believed about the client's address. */
  TRUST_PROXY: z.coerce.number('TRUST_PROXY must be a number of proxies from 0 to 10').int().min(0).max(10).default(0),
  /** Processes that share the port. */
  WEB_CONCURRENCY: z.coerce
    .number('WEB_CONCURRENCY must be a whole number from 1 to 256')
    .int()
    .min(1)
    .max(256)
    .default(1),
  /** Set by the process that starts the workers: which of them this is, from 1. */
  WEB_WORKER: z.coerce.number('WEB_WORKER is set by the server itself').int().min(1).optional(),
  /** Requests a minute, by API key and by session; 0 sets no limit. */
  RATE_LIMIT_KEY: z.coerce.number('RATE_LIMIT_KEY must be a whole number from 0').int().min(0).default(6000),
  RATE_LIMIT_SESSION: z.coerce.number('RATE_LIMIT_SESSION must be a whole number from 0').int().min(0).default(600),
  /** Downloads and bulk changes at once, by API key and by session; 0 sets no limit. */
  TRANSFERS_AT_ONCE: z.coerce.number('TRANSFERS_AT_ONCE must be a whole number from 0').int().min(0).default(8),
  /** `off`: this process leaves webhooks to another one; nothing is lost meanwhile. */
  WEBHOOKS_DELIVERY: z.enum(['on', 'off']).default('on'),
  /** `1`: webhooks may also go to this machine, over plain HTTP. For development. */
  WEBHOOKS_ALLOW_LOOPBACK: z.enum(['0', '1']).default('0'),
  /** Where pinned scripts of earlier versions are; `off` keeps none. Default: `pinned` beside SQLite's file, else none. */
  PINNED_FOLDER: z.string().min(1, 'PINNED_FOLDER must be a folder or `off`').optional(),
  /** How long the server goes on as before when it is asked to end, so that load balancers notice. */
  DRAIN_SECONDS: z.coerce.number('DRAIN_SECONDS must be a number from 0 to 300').min(0).max(300).default(0),
  /** How long requests under way have to finish after that. */
  SHUTDOWN_SECONDS: z.coerce.number('SHUTDOWN_SECONDS must be a number from 0 to 3600').min(0).max(3600).default(25),
  /** The port on which metrics can be collected; without one nothing is counted. */
  METRICS_PORT: optional(
    z.coerce.number('METRICS_PORT must be a whole number from 0 to 65535').int().min(0).max(65535),
  ),
  METRICS_HOST: z.string().default('127.0.0.1'),
  ...tracingVariables,
  /** `all`: every answer that the database has written is compared with the contract, as tests want it. */
  CHECK_ANSWERS: z.enum(['all', 'some']).default('some'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Settings of a running server. */
export interface Config {
  databaseUrl: string;
  postgres: PostgresSettings;
  /** This server's own origin, as browsers see it. */
  publicOrigin: string;
  host: string;
  port: number;
  /** The first signs; all verify. */
  signingKeys: readonly [SigningKey, ...SigningKey[]];
  trustProxy: number;
  /** How many processes serve. */
  workers: number;
  /** Which of several this process is, from 1; null where it is alone or starts the others. */
  worker: number | null;
  /** Requests a minute; 0 for no limit. */
  requestsAMinute: { key: number; session: number };
  /** Downloads and bulk changes of one key or session at once; 0 for no limit. */
  transfersAtOnce: number;
  /** Whether this process delivers webhooks. */
  deliversWebhooks: boolean;
  /** Whether webhooks may go to the loopback, over plain HTTP too. */
  allowsLoopbackWebhooks: boolean;
  /** Keeps the pinned scripts of earlier versions; null keeps none. */
  pinnedFolder: string | null;
  drainMs: number;
  shutdownMs: number;
  /** Where metrics can be collected; null counts nothing. */
  metrics: MetricsAddress | null;
  /** Where traces go; null traces nothing. */
  tracing: TracingSettings | null;
  /** Whether every answer that the database has written is compared with the contract. */
  checksAnswers: boolean;
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
}

/** The settings are missing or unusable. The message names each, one a line, and repeats no secret. */
export class ConfigError extends Error {}

const parseEnvironment = <Settings>(
  schema: z.ZodType<Settings>,
  environment: Record<string, string | undefined>,
): Settings => {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map((issue) => {
          const name = issue.path.join('.');
          return issue.message.includes(name) ? issue.message : `${name}: ${issue.message}`;
        })
        .join('\n'),
    );
  }
  return parsed.data;
};

/**
 * What the command line needs of the settings to manage webhooks.
 * @throws ConfigError
 */
export const readWebhookSettings = (
  environment: Record<string, string | undefined>,
): Pick<Config, 'signingKeys' | 'allowsLoopbackWebhooks'> => {
  const settings = Environment.pick({ SIGNING_SECRETS: true, WEBHOOKS_ALLOW_LOOPBACK: true });
  const data = parseEnvironment(settings, environment);
  return { signingKeys: data.SIGNING_SECRETS, allowsLoopbackWebhooks: data.WEBHOOKS_ALLOW_LOOPBACK === '1' };
};

const pinnedFolderOf = ({ PINNED_FOLDER: folder, DATABASE_URL: url }: z.infer<typeof Environment>): string | null =>
  folder === 'off' || (folder === undefined && !url.startsWith('sqlite:'))
    ? null
    : (folder ?? join(dirname(url.replace(/^sqlite:/, '')), 'pinned'));

/** @throws ConfigError */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const data = parseEnvironment(Environment, environment);
  if (data.DATABASE_READ_URL !== undefined && data.DATABASE_URL.startsWith('sqlite:')) {
    throw new ConfigError('DATABASE_READ_URL is for PostgreSQL: an SQLite database has no copy that follows it');
  }
  return Object.freeze({
    databaseUrl: data.DATABASE_URL,
    postgres: {
      connections: data.DATABASE_CONNECTIONS,
      preparesStatements: data.DATABASE_PREPARED_STATEMENTS === 'on',
      readUrl: data.DATABASE_READ_URL,
    },
    publicOrigin: data.PUBLIC_URL,
    host: data.HOST,
    port: data.PORT,
    signingKeys: data.SIGNING_SECRETS,
    trustProxy: data.TRUST_PROXY,
    workers: data.WEB_CONCURRENCY,
    worker: data.WEB_WORKER ?? null,
    requestsAMinute: { key: data.RATE_LIMIT_KEY, session: data.RATE_LIMIT_SESSION },
    transfersAtOnce: data.TRANSFERS_AT_ONCE,
    deliversWebhooks: data.WEBHOOKS_DELIVERY === 'on',
    allowsLoopbackWebhooks: data.WEBHOOKS_ALLOW_LOOPBACK === '1',
    pinnedFolder: pinnedFolderOf(data),
    drainMs: data.DRAIN_SECONDS * 1000,
    shutdownMs: data.SHUTDOWN_SECONDS * 1000,
    metrics: data.METRICS_PORT === undefined ? null : { host: data.METRICS_HOST, port: data.METRICS_PORT },
    tracing: tracingSettingsOf(data),
    checksAnswers: data.CHECK_ANSWERS === 'all',
    logLevel: data.LOG_LEVEL,
  });
};
