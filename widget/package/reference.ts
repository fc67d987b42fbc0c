import { format, resolveConfig } from 'prettier';
import type { ElementFacts, StyleHook } from './elements.ts';

/** Something that several elements may have. */
interface Row {
  name: string;
  /** Without the prefix: `portal`, `invoices`. */
  on: string[];
  cells: string[];
}

const shortName = (tag: string): string => tag.replace(/^zenskar-(?:portal-(?=frame))?/, '');

/** One row for each name, with the elements that have it. */
const collect = <Item extends { name: string }>(
  elements: readonly ElementFacts[],
  itemsOf: (element: ElementFacts) => readonly Item[],
  cellsOf: (item: Item) => string[],
): Row[] => {
  const rows = new Map<string, Row>();
  for (const element of elements) {
    for (const item of itemsOf(element)) {
      const row = rows.get(item.name) ?? { name: item.name, on: [], cells: cellsOf(item) };
      row.on.push(shortName(element.tag));
      rows.set(item.name, row);
    }
  }
  return [...rows.values()];
};

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};

/** `'light' | 'dark' | ''` as the words that may stand in the attribute; other types as they are. */
const valuesOf = (type: string): string => {
  const words = type.split(' | ').filter((word) => word !== "''");
  return words.every((word) => /^'.*'$/.test(word))
    ? words.map((word) => code(word.slice(1, -1))).join(', ')
    : code(words.join(' | '));
};

/** The tables of the embed guide, by the names of their places in it. */
export const referenceTables = (elements: readonly ElementFacts[]): Record<string, string> => {
  const onAll = (on: readonly string[]): string => (on.length === elements.length ? 'all' : on.join(', '));
  const hooks = (of: (element: ElementFacts) => readonly StyleHook[]): Row[] =>
    collect(elements, of, ({ default: byDefault, description }) => [byDefault ?? '', description]);

  const properties = collect(
    elements,
    ({ properties: all }) => all,
    ({ attribute, type, description }) => [attribute === null ? '' : code(attribute), valuesOf(type), description],
  );
  const methods = collect(
    elements,
    ({ methods: all }) => all,
    ({ description }) => [description],
  );
  const events = collect(
    elements,
    ({ events: all }) => all,
    ({ fields, description }) => [fields.map(({ name }) => code(name)).join(', '), description],
  );
  return {
    attributes: table(
      ['attribute', 'property', 'type', 'on', 'meaning'],
      properties.map(({ name, on, cells: [attribute = '', type = '', meaning = ''] }) => [
        attribute,
        code(name),
        type,
        onAll(on),
        meaning,
      ]),
    ),
    methods: table(
      ['method', 'on', 'meaning'],
      methods.map(({ name, on, cells }) => [code(`${name}()`), onAll(on), ...cells]),
    ),
    events: table(
      ['event', 'on', 'what it carries', 'when'],
      events.map(({ name, on, cells }) => [code(name), onAll(on), ...cells]),
    ),
    'custom-properties': table(
      ['custom property', 'default', 'for'],
      hooks(({ customProperties }) => customProperties).map(({ name, cells: [byDefault = '', meaning = ''] }) => [
        code(name),
        byDefault === '' ? '' : code(byDefault),
        meaning,
      ]),
    ),
    parts: table(
      ['part', 'on', 'what it is'],
      hooks(({ parts }) => parts).map(({ name, on, cells: [, meaning = ''] }) => [code(name), onAll(on), meaning]),
    ),
  };
};

/**
 * A document with the tables in their places, `<!-- begin: NAME -->` to `<!-- end: NAME -->`, formatted.
 * @throws when a table has no place
 */
export const withTables = async (text: string, tables: Record<string, string>, file: string): Promise<string> => {
  let result = text;
  for (const [name, content] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- begin: ${name} -->\n)[^]*?(<!-- end: ${name} -->)`);
    if (!place.test(result)) throw new Error(`${file} has no place for the table of ${name}`);
    result = result.replace(place, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
  }
  return format(result, { ...(await resolveConfig(file)), filepath: file });
};
