import { globSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { ElementFacts } from './elements.ts';
import { readElements } from './elements.ts';
import { root } from './entries.ts';
import { readManifest } from './manifest.ts';
import { referenceTables, withTables } from './reference.ts';

const guide = `${root}docs/embed.md`;
let elements: ElementFacts[];

beforeAll(() => {
  elements = readElements(readManifest());
});

const named = (tag: string): ElementFacts => {
  const element = elements.find((candidate) => candidate.tag === tag);
  if (!element) throw new Error(`No ${tag}`);
  return element;
};

it('the embed guide has the tables of today; npm run docs writes them', async () => {
  const text = readFileSync(guide, 'utf8');
  expect(await withTables(text, referenceTables(elements), guide)).toBe(text);
});

it('a table without a place is noticed', async () => {
  await expect(withTables('# Guide\n', { attributes: '' }, guide)).rejects.toThrow(
    'no place for the table of attributes',
  );
});

it('the public elements are there, and no other', () => {
  expect(elements.map(({ tag }) => tag).sort()).toEqual([
    'zenskar-entitlements',
    'zenskar-invoices',
    'zenskar-payments',
    'zenskar-portal',
    'zenskar-portal-frame',
    'zenskar-profile',
    'zenskar-summary',
  ]);
});

it('what is inherited is there, and what is for the inside is not', () => {
  const names = named('zenskar-portal').properties.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['apiUrl', 'fetchSession', 'theme', 'sections', 'view']));
  for (const { tag, properties, methods } of elements) {
    const all = [...properties, ...methods].map(({ name }) => name);
    for (const inner of ['sessionSource', 'session', 'current', 'render', 'sessionChanged', 'connectedCallback']) {
      expect(all, tag).not.toContain(inner);
    }
  }
});

it('the frame takes what the portal takes, and sends what it sends', () => {
  const portal = named('zenskar-portal');
  const frame = named('zenskar-portal-frame');
  const facts = ({ properties }: ElementFacts) =>
    properties.map(({ name, attribute, type }) => [name, attribute, type]);
  expect(facts(frame)).toEqual(expect.arrayContaining(facts(portal)));
  expect(frame.events.map(({ name, type }) => [name, type])).toEqual(
    portal.events.map(({ name, type }) => [name, type]),
  );
  expect(frame.methods.map(({ name }) => name).sort()).toEqual(portal.methods.map(({ name }) => name).sort());
  expect(frame.customProperties).toEqual(portal.customProperties);
});

it('everything is described, and every event has its class', () => {
  for (const { tag, summary, ...element } of elements) {
    expect(summary, tag).not.toBe('');
    const { properties, methods, events, parts, customProperties } = element;
    for (const { name, description } of [...properties, ...methods, ...events, ...parts, ...customProperties]) {
      expect(description, `${tag} ${name}`).not.toBe('');
    }
    for (const { name, type } of events) expect(type, name).toMatch(/^Zenskar\w+Event$/);
  }
});

it('the custom properties are those that the style sheets read', () => {
  const read = globSync('widget/src/**/*.styles.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/var\(\s*(--zenskar-[\w-]+)/g)].map(([, name]) => name),
  );
  const documented = named('zenskar-portal').customProperties.map(({ name }) => name);
  expect([...documented].sort()).toEqual([...new Set(read)].sort());
});
