import { z } from 'zod';

/** Some systems keep their UUIDs in capitals; ours are in small letters. */
export const Id = z.uuid().toLowerCase();
export type Id = z.infer<typeof Id>;

/** A moment: ISO 8601, UTC, milliseconds and `Z`, for example `2026-11-23T12:00:00.000Z`. */
export const Timestamp = z.string().meta({ format: 'date-time' });
export type Timestamp = z.infer<typeof Timestamp>;

/** An amount of money in minor units of the currency beside it (cents for USD, yen for JPY, fils for KWD). */
export const AmountMinor = z.int().meta({
  description: 'In minor units of the currency: cents for USD, yen for JPY, fils for KWD.',
  format: 'int64',
});
export type AmountMinor = z.infer<typeof AmountMinor>;

/** ISO 4217 code, upper case. Only in answers, so it is not checked again for each row. */
export const CurrencyCode = z.string().describe('ISO 4217 code.');
export type CurrencyCode = z.infer<typeof CurrencyCode>;

/** An exact decimal number as text, for example a unit price of `0.0025` major units. */
export const Decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .describe('An exact decimal number.');
export type Decimal = z.infer<typeof Decimal>;

/**
 * One end of a date range in a query. A bare day (`2026-11-23`) is that whole day in the customer's billing time zone;
 * a time without a zone is UTC.
 */
export const DayOrTimestamp = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date(), z.iso.datetime({ local: true }).transform((text) => `${text}Z`)],
    'Expected a day (2026-11-23) or an ISO 8601 time',
  )
  .meta({
    id: 'DayOrTime',
    description:
      "A day, or an ISO 8601 time. A day is one of the billing time zone: the customer's, else the organisation's; a time without a zone is UTC.",
    examples: ['2026-11-23'],
  });
export type DayOrTimestamp = z.infer<typeof DayOrTimestamp>;

/** A billing period. `end_date_exclusive` is the first moment after it. */
export const Period = z
  .object({
    begin_date: Timestamp,
    end_date_exclusive: Timestamp.describe('The first moment after the period.'),
  })
  .meta({ id: 'Period' });
export type Period = z.infer<typeof Period>;

/**
 * Trimmed text of one line. Control characters are refused: a NUL ends the text for SQLite, which then finds all. So is
 * half of a surrogate pair, which no database gives back as it was.
 */
export const lineOf = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Leave out line breaks and other control characters');

/** Trimmed text that may have line breaks and tabs; other control characters are refused. */
export const textOf = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'Leave out control characters');

/**
 * Text that is taken as it is, because it is compared or read by other rules. A NUL, which PostgreSQL cannot hold, and half
 * of a surrogate pair are refused here too.
 */
export const anyText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^[^\0\p{Cs}]*$/u, 'Leave out NUL and halves of surrogate pairs');

/** The merchant's own id of a record: unique in the organisation for its kind of record. */
export const ExternalId = lineOf(255).min(1).describe('Your own id of the record: unique for its kind.');

/** Most are sent as they are stored; reading the others takes longer than all else about a time. */
const isAsStored = (text: string): boolean => text.length === 24 && text.endsWith('Z');

const asStored = (text: string): string => (isAsStored(text) ? text : new Date(text).toISOString());

const isDay = (text: string): boolean => text.length === 'YYYY-MM-DD'.length;

const withinCalendar = 'Expected a time in the years 0000 to 9999';

/** A moment in a request: ISO 8601; a bare day is its first moment in UTC, a time without a zone is UTC. */
export const Moment = DayOrTimestamp.transform(asStored).refine(isAsStored, withinCalendar);

/** A bare day of a request. When it begins depends on the time zone in which days are counted. */
export interface Day {
  day: string;
}

/**
 * A moment of a customer's record in a request: ISO 8601, without a zone in UTC. A bare day stays one until the time zone
 * is known: the customer's, else the organisation's.
 */
export const BillingMoment = DayOrTimestamp.transform((text): string | Day =>
  isDay(text) ? { day: text } : asStored(text),
).refine((moment) => typeof moment !== 'string' || isAsStored(moment), withinCalendar);
export type BillingMoment = z.infer<typeof BillingMoment>;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code in a request, in any case. */
export const CurrencyInput = z
  .string()
  .transform((text) => text.toUpperCase())
  .refine((code) => currencies.has(code), 'Expected an ISO 4217 currency code')
  .describe('ISO 4217 code, in any case.');

/** An amount in a request: whole minor units, not negative. */
export const AmountInput = z
  .int('Expected a whole number of minor units')
  .min(0)
  .max(1_000_000_000_000_000)
  .meta({ description: 'In minor units of the currency: cents for USD, yen for JPY.', format: 'int64' });

const deepest = 50;

const isShallow = (value: unknown, levels = deepest): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1)));

/** Any JSON that is not nested so deeply that reading it again exhausts the stack. */
export const Json = z
  .unknown()
  .refine((value) => isShallow(value), { message: `Nest at most ${deepest} levels deep`, abort: true })
  .pipe(z.json());

/** Facts of the merchant's own, kept and given back as they are. */
export const CustomData = z
  .record(z.string().max(255), Json)
  .refine((data) => JSON.stringify(data).length <= 16_384, {
    message: 'At most 16 kB of JSON',
  })
  .describe('Facts of your own, given back as they are: at most 16 kB of JSON.');

/** Text that is looked for, in any case. */
export const Search = lineOf(100).describe('Text to look for, in any case.');

/** `true` or `false`, as a query parameter spells it. */
export const QueryBoolean = z.enum(['true', 'false']).transform((text) => text === 'true');

/**
 * A repeatable query parameter of at most so many values: `id__in=…&id__in=…`, or given once with commas between them.
 * In one that is repeated a comma is a part of its text.
 */
export const queryListOf = <Item extends z.ZodType<unknown, string>>(item: Item, most: number) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? value.split(',') : value))
    .pipe(z.array(item).min(1).max(most));

/** A repeatable query parameter: `status__in=paid&status__in=void`, or `status__in=paid,void`. */
export const queryList = <Item extends z.ZodType<unknown, string>>(item: Item) => queryListOf(item, 50);

/** The answer to a deletion. */
export const Deleted = z.object({ id: Id, deleted: z.literal(true) }).meta({ id: 'Deleted' });
export type Deleted = z.infer<typeof Deleted>;

/** How many rows a page has. */
export const Limit = z
  .string()
  .regex(/^\d{1,3}$/, 'Expected a whole number from 1 to 100')
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .describe('Rows a page.');

/** Leads from one page of a list to the next, or back. */
export const Cursor = z.string().min(1).max(1000).describe('`next` or `previous` of the page before.');

/** What an ordering parameter may say: a field, or a field with a leading `-` for descending. */
export type OrderOf<Field extends string> = Field | `-${Field}`;

/** Query parameters of every list. */
export const listQuery = <Field extends string>(fields: readonly Field[], order: OrderOf<Field>) => {
  const orders = fields.flatMap((field): OrderOf<Field>[] => [field, `-${field}`]);
  return {
    cursor: Cursor.optional(),
    limit: Limit.default(10),
    order: z
      .enum(orders)
      .optional()
      .transform((value): OrderOf<Field> => value ?? order)
      .describe(`A field, with a leading \`-\` for descending order. Default: \`${order}\`.`),
  };
};

/** The envelope of every list. `next` and `previous` are opaque cursors; `total_count` counts all pages. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    results: z.array(item),
    next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
    previous: z.string().nullable().describe('The cursor of the page before; null on the first one.'),
    total_count: z.int().describe('How many there are on all pages.'),
  });
export interface ListOf<Item> {
  results: Item[];
  next: string | null;
  previous: string | null;
  total_count: number;
}
