import { z } from 'zod';
import type { Operation } from '#contract/operation.ts';

/** What a visitor tries in the place of every parameter. */
export interface Attempts {
  /** For each path parameter, the visitor's own record first, then somebody else's. */
  params: Record<string, readonly string[]>;
  /** Tried in each query parameter that takes any text. */
  texts: readonly string[];
  /** Tried in each other query parameter that takes them. */
  values: readonly string[];
  /** Looked for, each of them, in every list that can be searched. */
  searches: readonly string[];
  /** What a query cannot do without, where an operation has such parameters. */
  required: Record<string, string>;
}

const shapeOf = (query: z.ZodType): Record<string, z.ZodType> => {
  const object = query instanceof z.ZodPipe ? query.in : query;
  if (!(object instanceof z.ZodObject)) {
    throw new Error('The query is no object');
  }
  return object.shape as Record<string, z.ZodType>;
};

/** The options of a parameter that is a choice, or a list of choices. */
const optionsOf = (schema: z.ZodType): string[] =>
  (['input', 'output'] as const).flatMap((io) => {
    const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
    return Array.from(text.matchAll(/"enum":(\[[^\]]*\])/g), ([, list = '[]']) => JSON.parse(list) as string[]).flat();
  });

const queriesOf = (key: string, { query }: Operation, attempts: Attempts): Record<string, string>[] => {
  if (query === undefined) {
    return [{}];
  }
  const shape = shapeOf(query);
  const base = Object.fromEntries(Object.entries(attempts.required).filter(([name]) => name in shape));
  const queries = Object.entries(shape)
    .filter(([name]) => name !== 'cursor')
    .flatMap(([name, schema]) => {
      const isTaken = (value: string): boolean => schema.safeParse(value).success;
      const texts = [...attempts.texts, ...(name === 'search' ? attempts.searches : [])].filter(isTaken);
      const taken = texts.length > 0 ? texts : [...optionsOf(schema), ...attempts.values].filter(isTaken);
      if (taken.length === 0) {
        throw new Error(`${key}: nothing is known to try as ${name}`);
      }
      return [...new Set(taken)].map((value) => ({ ...base, [name]: value }));
    });
  return [base, ...queries.filter((candidate) => query.safeParse(candidate).success)];
};

/** The addresses of an operation: its own record with every query, and each foreign record. */
const pathsOf = (path: string, { params }: Attempts): string[] => {
  const names = Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => name);
  const valuesOf = (name: string): readonly string[] => {
    const values = params[name];
    if (values === undefined) {
      throw new Error(`${path}: nothing is known to try as ${name}`);
    }
    return values;
  };
  const withValue = (changed: string, value: string): string =>
    names.reduce((text, name) => text.replace(`:${name}`, name === changed ? value : (valuesOf(name)[0] ?? '')), path);
  return [...new Set(names.flatMap((name) => valuesOf(name).map((value) => withValue(name, value))))];
};

const addressOf = (path: string, query: Record<string, string>): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
};

/**
 * Every address that can be read in a part of the contract: each operation, each parameter, each value that it takes.
 * @throws Error for a parameter for which nothing is known to try
 */
export const readsOf = (operations: Record<string, Operation>, attempts: Attempts): string[] =>
  Object.entries(operations)
    .filter(([key]) => key.startsWith('GET '))
    .flatMap(([key, operation]) => {
      const paths = pathsOf(key.slice('GET '.length), attempts);
      const [own = key.slice('GET '.length), ...foreign] = paths;
      const [base = {}, ...queries] = queriesOf(key, operation, attempts);
      return [
        ...[base, ...queries].map((query) => addressOf(own, query)),
        ...foreign.map((path) => addressOf(path, base)),
      ];
    });
