import { html } from './html.ts';
import type { Html } from './html.ts';
import { alternatives, componentName } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { inline } from './markdown.ts';

/** One line of a list of fields or parameters. */
export interface Field {
  name: string;
  schema: JsonSchema;
  isRequired: boolean;
  description?: string | undefined;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

const deepest = 5;

const plural: Record<string, string> = {
  'date-time': 'time',
  date: 'day',
  uuid: 'uuid',
  email: 'e-mail',
  int64: 'integer',
};

const resolve = (schemas: Schemas, schema: JsonSchema): JsonSchema =>
  schema.$ref === undefined ? schema : { ...schemas[componentName(schema.$ref)], ...schema };

const options = (schema: JsonSchema): JsonSchema[] => alternatives(schema).filter(({ type }) => type !== 'null');

const typeOf = (schemas: Schemas, given: JsonSchema): string => {
  const schema = resolve(schemas, given);
  const all = alternatives(schema);
  if (all.length > 0) {
    const names = [...new Set(options(schema).map((option) => typeOf(schemas, option)))];
    return [...names, ...(all.some(({ type }) => type === 'null') ? ['null'] : [])].join(' or ');
  }
  if (schema.type === 'array') {
    return `list of ${typeOf(schemas, schema.items ?? {})}`;
  }
  if (given.$ref !== undefined && schema.type === 'object') {
    return componentName(given.$ref);
  }
  return plural[schema.format ?? ''] ?? [schema.type ?? 'any JSON'].flat().join(' or ');
};

const range = (least: number | undefined, most: number | undefined, unit: string): string | undefined => {
  const isBounded = most !== undefined && most < Number.MAX_SAFE_INTEGER;
  if (least !== undefined && least > 0 && isBounded) {
    return `${least} to ${most}${unit}`;
  }
  return isBounded ? `at most ${most}${unit}` : undefined;
};

const rulesOf = (schema: JsonSchema): Html[] => {
  const words = [
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' entries'),
    range(schema.minimum, schema.maximum, ''),
  ].filter((rule) => rule !== undefined);
  const only = schema.const === undefined ? [] : [html`always <code>${JSON.stringify(schema.const)}</code>`];
  const isTelling = schema.pattern !== undefined && schema.pattern.length < 40 && !schema.pattern.includes('P{Cc}');
  const pattern = isTelling ? [html`matches <code>${schema.pattern}</code>`] : [];
  const preset = schema.default === undefined ? [] : [html`default <code>${JSON.stringify(schema.default)}</code>`];
  return [...words.map((rule) => html`${rule}`), ...pattern, ...only, ...preset].map(
    (rule) => html`<span>${rule}</span>`,
  );
};

/** The schema inside what may be null or a list. */
const core = (schemas: Schemas, given: JsonSchema): JsonSchema => {
  const schema = resolve(schemas, given);
  const [option, ...others] = options(schema);
  if (option !== undefined && others.length === 0) {
    return core(schemas, option);
  }
  return schema.type === 'array' && schema.items !== undefined ? core(schemas, schema.items) : schema;
};

const values = ({ enum: several, const: one }: JsonSchema): unknown[] => several ?? (one === undefined ? [] : [one]);

/** A field that two kinds of object have: what tells them apart may say what either says. */
const merged = (one: JsonSchema | undefined, other: JsonSchema): JsonSchema =>
  one === undefined || values(one).length === 0 || values(other).length === 0
    ? (one ?? other)
    : { type: 'string', enum: [...new Set([...values(one), ...values(other)])] };

/** The fields of an object; of several kinds of object, the fields of all of them. */
export const fieldsOf = (schemas: Schemas, given: JsonSchema): Field[] => {
  const schema = core(schemas, given);
  const kinds = options(schema).map((kind) => core(schemas, kind));
  const fields: Record<string, JsonSchema> = {};
  for (const kind of [schema, ...kinds]) {
    for (const [name, field] of Object.entries(kind.properties ?? {})) {
      fields[name] = merged(fields[name], field);
    }
  }
  const isRequired = (name: string): boolean =>
    (kinds.length === 0 ? [schema] : kinds).every(({ required }) => required?.includes(name) === true);
  return Object.entries(fields).map(([name, field]) => ({ name, schema: field, isRequired: isRequired(name) }));
};

const choices = (all: readonly unknown[]): Html => {
  const codes = all.map((value) => html`<code>${String(value)}</code> `);
  return all.length > 12
    ? html`<details class="choices">
        <summary>One of ${all.length} values</summary>
        <p>${codes}</p>
      </details>`
    : html`<p class="choices">${codes}</p>`;
};

const renderField = (schemas: Schemas, field: Field, depth: number, showsRequired: boolean): Html => {
  const schema = resolve(schemas, field.schema);
  const inside = core(schemas, field.schema);
  const children = depth < deepest ? fieldsOf(schemas, field.schema) : [];
  const description = field.description ?? schema.description;
  return html`<li>
    <p class="field">
      <code class="name">${field.name}</code> <span class="type">${typeOf(schemas, field.schema)}</span>
      ${showsRequired && field.isRequired ? html`<span class="required">required</span>` : ''}
      <span class="rules">${rulesOf({ ...inside, ...schema })}</span>
    </p>
    ${description === undefined ? '' : html`<p>${inline(description)}</p>`}
    ${inside.enum === undefined ? '' : choices(inside.enum)}
    ${
      children.length === 0
        ? ''
        : html`<details>
            <summary>${children.length} fields</summary>
            ${renderFields(schemas, children, { showsRequired, depth: depth + 1 })}
          </details>`
    }
  </li>`;
};

/** A list of fields, those of an object folded away below it. */
export const renderFields = (
  schemas: Schemas,
  fields: readonly Field[],
  { showsRequired, depth = 0 }: { showsRequired: boolean; depth?: number },
): Html =>
  html`<ul class="fields">
    ${fields.map((field) => renderField(schemas, field, depth, showsRequired))}
  </ul>`;
