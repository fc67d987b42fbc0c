import { z } from 'zod';
import { BillingMoment, Cursor, Id, Limit, lineOf, QueryBoolean, queryList } from './primitives.ts';
import type { Day, OrderOf } from './primitives.ts';

/** How a field of a list is compared: the suffix of the query parameter, `eq` for none. */
export type Operator = 'eq' | 'neq' | 'in' | 'isnull' | 'like' | 'ilike' | 'gt' | 'gte' | 'lt' | 'lte';

/** How the API reference puts each of them. */
const meanings: Record<Operator, string> = {
  eq: 'equals this',
  neq: 'differs from this',
  in: 'is one of these',
  isnull: 'is missing (`true`) or there (`false`)',
  like: 'contains this; with `%` for any text it is a pattern for the whole',
  ilike: 'contains this, in any case; with `%` for any text it is a pattern for the whole',
  gt: 'is after or above this',
  gte: 'is at or above this',
  lt: 'is before or below this',
  lte: 'is at or below this',
};

/**
 * One filter of a list. Times are ISO 8601 in UTC; flags are 0 and 1; `in` has a list. A bare day is the whole of it in
 * the organisation's time zone, which the server puts in its place before it asks the database.
 */
export interface Condition<Field extends string = string> {
  field: Field;
  operator: Operator;
  value: string | number | boolean | (string | number)[] | Day;
}

/**
 * What a field holds, which decides its operators:
 * text `= __neq __in __isnull __like __ilike`, id and choices `= __neq __in __isnull`, flag `=`,
 * amount and moment `= __gt __gte __lt __lte __isnull`; `unix` is a moment given in seconds since the epoch.
 */
export type FieldKind = 'id' | 'text' | 'flag' | 'amount' | 'moment' | 'unix' | readonly string[];

const Whole = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Expected a whole number of minor units')
  .transform(Number);

const UnixSeconds = z
  .string()
  .regex(/^\d{1,11}$/, 'Expected seconds since 1970')
  .transform((text) => new Date(Number(text) * 1000).toISOString());

const Text = lineOf(255);

const Pattern = Text.min(1);

const Flag = QueryBoolean.transform(Number);

type Operators = Partial<Record<Operator, z.ZodType>>;

const equality = <Item extends z.ZodType<unknown, string>>(item: Item): Operators => ({
  eq: item,
  neq: item,
  in: queryList(item),
  isnull: QueryBoolean,
});

const comparison = (item: z.ZodType): Operators => ({
  eq: item,
  gt: item,
  gte: item,
  lt: item,
  lte: item,
  isnull: QueryBoolean,
});

const operatorsOf = (kind: FieldKind): Operators => {
  switch (kind) {
    case 'id':
      return equality(Id);
    case 'text':
      return { ...equality(Text), like: Pattern, ilike: Pattern };
    case 'flag':
      return { eq: Flag };
    case 'amount':
      return comparison(Whole);
    case 'moment':
      return comparison(BillingMoment);
    case 'unix':
      return comparison(UnixSeconds);
    default:
      return equality(z.enum(kind));
  }
};

/**
 * `search=field=value,field2=value2`: each field contains its text, in any case. A comma that no field's name follows is
 * part of the text.
 */
export const fieldSearch = <Field extends string>(fields: readonly [Field, ...Field[]]) => {
  const name = z.enum(fields, `Expected one of the fields ${fields.join(', ')}`);
  const parts = z.array(z.tuple([name, Pattern], 'Expected field=value, with commas between several'));
  return lineOf(1000)
    .transform((text, ctx): Condition<Field>[] => {
      const parsed = parts.safeParse(text.split(/,(?=\w+=)/).map((part) => part.split(/=(.*)/s, 2)));
      if (!parsed.success) {
        ctx.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? '' });
        return z.NEVER;
      }
      return parsed.data.map(([field, value]) => ({ field, operator: 'ilike', value }));
    })
    .meta({
      description: `\`field=value,field2=value2\`: each field contains its text, in any case. Fields: ${fields.join(', ')}.`,
      examples: [`${fields[0]}=aurora`],
    });
};

const wholeDay = " A bare day is the whole of it in the organisation's time zone.";

interface ListSettings<Field extends string, Order extends string, Extra extends z.ZodRawShape> {
  /** What can be filtered, by field; `customer__external_id` is a field of the customer that a record belongs to. */
  fields: Record<Field, FieldKind>;
  orders: readonly Order[];
  order: OrderOf<Order>;
  /** Parameters that only this list has. */
  extra: Extra;
}

/**
 * The query of a list of the merchant API: cursor, limit, `order` (or the older `sort_key` with `sort_type`), and every
 * field with the suffixes of its kind. A parameter that is not named here is refused.
 */
export const merchantListQuery = <Field extends string, Order extends string, Extra extends z.ZodRawShape>({
  fields,
  orders,
  order,
  extra,
}: ListSettings<Field, Order, Extra>) => {
  const filters = new Map<string, { field: Field; operator: Operator }>();
  const shape: Record<string, z.ZodType> = {};
  for (const [field, kind] of Object.entries(fields) as [Field, FieldKind][]) {
    for (const [operator, schema] of Object.entries(operatorsOf(kind)) as [Operator, z.ZodType][]) {
      const name = operator === 'eq' ? field : `${field}__${operator}`;
      filters.set(name, { field, operator });
      const day = kind === 'moment' && operator !== 'isnull' ? wholeDay : '';
      shape[name] = schema.optional().describe(`\`${field}\` ${meanings[operator]}.${day}`);
    }
  }
  const directions = orders.flatMap((field): OrderOf<Order>[] => [field, `-${field}`]);
  return z
    .strictObject({
      ...shape,
      ...extra,
      cursor: Cursor.optional(),
      limit: Limit.default(10),
      order: z
        .enum(directions)
        .optional()
        .describe(`A field, with a leading \`-\` for descending order. Default: \`${order}\`.`),
      sort_key: z.enum(orders).optional().describe('The older way to order: a field.'),
      sort_type: z.enum(['asc', 'desc']).optional().describe('The direction of `sort_key`.'),
    })
    .refine((query: Record<string, unknown>) => query['order'] === undefined || query['sort_key'] === undefined, {
      path: ['sort_key'],
      message: 'Give order, or sort_key with sort_type, not both',
    })
    .transform((given: Record<string, unknown>) => {
      const conditions = [...filters].flatMap(([name, { field, operator }]) => {
        const value = given[name] as Condition['value'] | undefined;
        return value === undefined ? [] : [{ field, operator, value }];
      });
      const sortKey = given['sort_key'] as Order | undefined;
      const legacy: OrderOf<Order> | undefined =
        sortKey === undefined || given['sort_type'] !== 'desc' ? sortKey : `-${sortKey}`;
      const others = Object.fromEntries(Object.keys(extra).map((name) => [name, given[name]])) as z.output<
        z.ZodObject<Extra>
      >;
      return {
        ...others,
        cursor: given['cursor'] as string | undefined,
        limit: given['limit'] as number,
        order: (given['order'] as OrderOf<Order> | undefined) ?? legacy ?? order,
        conditions,
      };
    });
};
