import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { api } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';

interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

type Path = (string | number)[];

/** JSON of the merchant's own, kept as JSON: there these characters are escaped. */
const ownJson = /^(custom_data|features|add_ons|metadata)$/;

/** Made by the server: of a token only its hash is looked for, and a cursor that is not signed is refused unread. */
const ownSecret = /^(cursor|session_token)$/;

/** A place where a request may have text, and what else tells which of several requests it is. */
interface Place {
  path: Path;
  others: Record<string, unknown>;
}

const constantsOf = (properties: Record<string, Schema>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, { const: value }]) => (value === undefined ? [] : [[name, value]])),
  );

const textsOf = (schema: Schema, root: Schema, path: Path = [], others: Place['others'] = {}): Place[] => {
  const { $ref, type, properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const beside = path.length === 0 ? { ...others, ...constantsOf(properties) } : others;
  if ($ref !== undefined) {
    const referred = $ref === '#' ? undefined : root.$defs?.[$ref.replace('#/$defs/', '')];
    return referred === undefined ? [] : textsOf(referred, root, path, others);
  }
  return [
    ...(type === 'string' && schema.enum === undefined && schema.const === undefined ? [{ path, others }] : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((part) => textsOf(part, root, path, others)),
    ...(items === undefined ? [] : textsOf(items, root, [...path, 0], beside)),
    ...Object.entries(properties)
      .filter(([name]) => !ownJson.test(name) && !ownSecret.test(name))
      .flatMap(([name, part]) => textsOf(part, root, [...path, name], beside)),
  ];
};

/** A request with hardly more than a text at a place. */
const requestWith = (text: string, { path, others }: Place): unknown => ({
  ...others,
  ...(path.reduceRight<unknown>(
    (value, key) => (typeof key === 'number' ? [value] : { [key]: value }),
    text,
  ) as object),
});

const parts = Object.entries(api as Record<string, Operation>).flatMap(([key, operation]) =>
  (['params', 'query', 'body'] as const).flatMap((name) => {
    const schema = operation[name];
    if (schema === undefined) {
      return [];
    }
    const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
    const places = new Map(textsOf(root, root).map((place) => [place.path.join('.'), place]));
    return [...places].map(([where, place]) => ({ what: `${key} ${name}.${where}`, schema, place }));
  }),
);

/** What PostgreSQL cannot hold, and what no database gives back as it was. */
describe.each([
  ['a NUL', 'a\u0000b'],
  ['half of a surrogate pair', 'a\ud800b'],
])('%s', (_, text) => {
  it.each(parts)('is refused by name: $what', ({ schema, place }) => {
    const { error } = schema.safeParse(requestWith(text, place));
    const named = (error?.issues ?? []).filter(
      ({ code, path: [...found] }) =>
        code !== 'unrecognized_keys' &&
        found.length > 0 &&
        place.path.every((key, index) => index >= found.length || key === found[index]),
    );
    expect(named).not.toEqual([]);
  });
});
