import { exampleId } from './example-id.ts';
import { exampleValues } from './example-values.ts';
import { alternatives, componentName } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { singular } from './singular.ts';

/** Where a value stands: its field, and the kind of record that has the field. */
interface Place {
  field: string;
  owner: string;
  /** Requests show what a caller would send, answers show every field. */
  isRequest: boolean;
}

/** Makes an example of a schema, of the kind of record that `owner` says. */
export type ExampleMaker = (schema: JsonSchema, place: Omit<Place, 'field'> & { field?: string }) => unknown;

/** Components that are named after what they say, not after what they are about. */
const abouts: Record<string, string | undefined> = { Deleted: undefined, Profile: 'customer' };

/** `PortalInvoiceDetail` is an invoice, and so is `InvoiceInput`. */
const ownerOf = (component: string): string | undefined =>
  component in abouts
    ? abouts[component]
    : component
        .replace(/^(Portal|Console|Merchant)(?=[A-Z])(?!Session$)/, '')
        .replace(
          /(?<=[a-z])(Input|Patch|Deleted|Detail|List|ListItem|WithSecret|Request|Response|Record|Page|Created)$/,
          '',
        )
        .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
        .toLowerCase();

const nounOfId = ({ field, owner }: Place): string => {
  const name = field.replace(/__\w+$/, '');
  return name === 'id' || name === '' ? owner : singular(name.replace(/_ids?$/, ''));
};

const typeOf = (value: unknown): string[] => {
  if (value === null || Array.isArray(value)) {
    return [value === null ? 'null' : 'array'];
  }
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
};

const isUuid = (value: unknown): boolean => typeof value === 'string' && /^[\da-f-]{36}$/.test(value);

/** `crm_external_id` beside `crm_id` says the same again: a caller sends one of them. */
const isOtherName = (field: string, names: readonly string[]): boolean =>
  names.some(
    (name) => name.endsWith('_id') && [`${name.slice(0, -3)}_external_id`, `external_${name}`].includes(field),
  );

/** @param onMissing is told of each field for which there is no example */
export const exampleMaker = (
  named: Readonly<Record<string, JsonSchema>>,
  onMissing: (field: string) => void,
): ExampleMaker => {
  const missing = ({ owner, field }: Place): null => {
    onMissing(`${owner}.${field}`);
    return null;
  };

  const resolve = (schema: JsonSchema): JsonSchema =>
    schema.$ref === undefined ? schema : { ...resolve(named[componentName(schema.$ref)] ?? {}), ...schema };

  const takes = (schema: JsonSchema, value: unknown): boolean => {
    const options = alternatives(resolve(schema));
    const { enum: values, const: only, type, format, pattern } = resolve(schema);
    if (options.length > 0) {
      return options.some((option) => takes(option, value));
    }
    return (
      (type === undefined || typeOf(value).some((name) => [type].flat().includes(name))) &&
      (values === undefined || values.includes(value)) &&
      (only === undefined || only === value) &&
      (format !== 'uuid' || isUuid(value)) &&
      (pattern === undefined || typeof value !== 'string' || new RegExp(pattern, 'u').test(value))
    );
  };

  const shownFields = (schema: JsonSchema, isRequest: boolean): string[] => {
    const names = Object.keys(schema.properties ?? {});
    const required = schema.required ?? [];
    if (!isRequest) {
      return names;
    }
    const sent = names.filter((name) => required.includes(name) || !isOtherName(name, names));
    const isPatch = required.length === 0 && names.length > 3;
    return isPatch ? sent.slice(0, 3) : sent;
  };

  const ofText = (schema: JsonSchema, place: Place): unknown => {
    switch (schema.format) {
      case 'uuid':
        return exampleId(nounOfId(place));
      case 'date':
        return '2026-11-23';
      case 'date-time':
        return '2026-11-23T12:00:00.000Z';
      case 'email':
        return 'billing@aurora.example';
      default:
        return missing(place);
    }
  };

  const ofObject = (schema: JsonSchema, place: Place): unknown => {
    const fields = shownFields(schema, place.isRequest).map((field) => [
      field,
      make(schema.properties?.[field] ?? {}, { ...place, field }),
    ]);
    return Object.fromEntries(fields);
  };

  const ofType = (schema: JsonSchema, place: Place): unknown => {
    const { field } = place;
    switch ([schema.type].flat()[0]) {
      case 'object':
        return ofObject(
          schema,
          schema.$ref === undefined && field !== '' ? { ...place, owner: singular(field) } : place,
        );
      case 'array':
        return [make(schema.items ?? {}, { ...place, field: singular(field) })];
      case 'boolean':
        return false;
      case 'null':
        return null;
      case 'string':
        return ofText(schema, place);
      default:
        return schema.format === 'int64' ? 116025 : missing(place);
    }
  };

  const make = (given: JsonSchema, place: Place): unknown => {
    const schema = resolve(given);
    const component = given.$ref === undefined ? undefined : componentName(given.$ref);
    const inside =
      component === undefined || schema.type !== 'object'
        ? place
        : { ...place, owner: ownerOf(component) ?? place.owner };
    const [value] = [
      ...(given.examples ?? []),
      ...[`${place.owner}.${place.field}`, place.field]
        .flatMap((name) => exampleValues[name] ?? [])
        .filter((known) => takes(schema, known)),
      ...(schema.examples ?? []),
    ];
    if (value !== undefined) {
      return value;
    }
    const option = alternatives(schema).find(({ type }) => type !== 'null');
    if (option !== undefined) {
      return make(option, inside);
    }
    const [fixed] = [schema.const, schema.default, schema.enum?.[0]].filter(
      (value) => value != null && !Array.isArray(value),
    );
    return fixed ?? ofType(schema, inside);
  };

  return (schema, place) => make(schema, { field: '', ...place });
};
