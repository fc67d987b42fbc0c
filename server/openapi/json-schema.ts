import { z } from 'zod';

/** A JSON Schema of the 2020-12 draft, as OpenAPI 3.1 takes it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  contentMediaType?: string;
}

/** The schemas of which a value follows one. */
export const alternatives = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] => anyOf ?? oneOf ?? [];

/** What a caller sends is described before defaults and conversions, what it gets after them. */
export type Direction = 'input' | 'output';

/** Turns the contract's schemas into JSON Schema and collects those that have a name. */
export interface SchemaBook {
  of(schema: z.ZodType, direction: Direction): JsonSchema;
  named: Record<string, JsonSchema>;
}

const componentPath = '#/components/schemas/';

/** The name in a reference to a component. */
export const componentName = (ref: string): string => ref.slice(componentPath.length);

/** The formats say it, and shorter. */
const saidByFormat = new Set(['uuid', 'date', 'date-time', 'email']);

const become = (target: JsonSchema, source: JsonSchema): void => {
  for (const key of Object.keys(target)) {
    Reflect.deleteProperty(target, key);
  }
  Object.assign(target, source);
};

const isBooleanText = ({ enum: values }: JsonSchema): boolean => values?.join() === 'true,false';

/** zod's own name for a schema that contains itself: only "any JSON" does, and `{}` says that. */
const isAnyJson = (name: string): boolean => name.startsWith('__schema');

const withoutRecursion = (_key: string, value: unknown): unknown => {
  const ref = (value as JsonSchema | null)?.$ref;
  return typeof ref === 'string' && isAnyJson(componentName(ref)) ? {} : value;
};

/** @throws when two schemas share a name, or when a named one is not the same in requests and in answers */
export const schemaBook = (): SchemaBook => {
  const named: Record<string, JsonSchema> = {};

  const simplify = (schema: z.core.$ZodTypes, json: JsonSchema, direction: Direction): void => {
    const { def } = schema._zod;
    const isFromText = def.type === 'pipe' && ['array', 'number'].includes(def.out._zod.def.type);
    if (isFromText && direction === 'input') {
      const { description = json.description } = json;
      become(json, { ...of(def.out as z.ZodType, direction), ...(description === undefined ? {} : { description }) });
    }
    if (json.description !== undefined) {
      json.description = json.description.replace(/[^.…]$/, '$&.');
    }
    // zod leaves both out of what is converted while it is read.
    const { examples } = z.globalRegistry.get(schema) ?? {};
    if (examples !== undefined) {
      json.examples = examples as unknown[];
    }
    if (def.type === 'default') {
      json.default ??= def.defaultValue;
    }
    if (Math.abs(json.minimum ?? 0) === Number.MAX_SAFE_INTEGER) {
      Reflect.deleteProperty(json, 'minimum');
    }
    if (json.maximum === Number.MAX_SAFE_INTEGER) {
      Reflect.deleteProperty(json, 'maximum');
    }
    if (isBooleanText(json)) {
      Reflect.deleteProperty(json, 'enum');
      json.type = 'boolean';
    }
    if (saidByFormat.has(json.format ?? '')) {
      Reflect.deleteProperty(json, 'pattern');
    }
    if (def.type === 'object' && def.catchall === undefined && direction === 'output') {
      Reflect.deleteProperty(json, 'additionalProperties');
    }
  };

  const keep = (name: string, json: JsonSchema): void => {
    const known = named[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(json)) {
      throw new Error(`Two schemas are called ${name}, or it is not the same in requests and answers: rename one`);
    }
    named[name] = json;
  };

  const of = (schema: z.ZodType, direction: Direction): JsonSchema => {
    const text = JSON.stringify(
      z.toJSONSchema(z.object({ schema }), {
        io: direction,
        override: ({ zodSchema, jsonSchema }) => {
          simplify(zodSchema, jsonSchema as JsonSchema, direction);
        },
      }),
    ).replaceAll('"#/$defs/', `"${componentPath}`);
    const { $defs = {}, properties } = JSON.parse(text, withoutRecursion) as {
      $defs?: Record<string, JsonSchema & { id?: string }>;
      properties: { schema: JsonSchema };
    };
    for (const [name, { id: _id, ...json }] of Object.entries($defs)) {
      if (!isAnyJson(name)) {
        keep(name, json);
      }
    }
    return properties.schema;
  };

  return { of, named };
};
