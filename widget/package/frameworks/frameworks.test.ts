import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elements as inReact } from '../../src/react/elements.ts';
import { readElements } from '../elements.ts';
import { packageFolder } from '../entries.ts';
import { readManifest } from '../manifest.ts';
import { htmlCustomData, webTypes } from './editor-data.ts';
import { templateElements } from './template-elements.ts';

const elements = readElements(readManifest());

describe('React knows of every element', () => {
  test('and of no other', () => {
    expect(Object.keys(inReact).sort()).toEqual(elements.map(({ tag }) => tag).sort());
  });

  test.each(elements)('$tag: its properties and events', ({ tag, properties, events }) => {
    const known = inReact[tag as keyof typeof inReact];
    const settable = properties.filter(({ isReadonly }) => !isReadonly);
    expect([...known.properties].sort()).toEqual(settable.map(({ name }) => name).sort());
    expect([...known.events].sort()).toEqual(events.map(({ name }) => name).sort());
  });
});

describe('templates and editors know of every element', () => {
  test.each(elements)('$tag', ({ tag, properties, events }) => {
    const types = templateElements(elements);
    const own = types.slice(types.indexOf(`'${tag}': {`)).split('\n  };')[0] ?? '';
    for (const { name } of properties) expect(own).toMatch(new RegExp(`^.*\\b${name}: `, 'm'));
    for (const { name, type } of events) expect(own).toContain(`'${name}': ${type};`);
  });

  test('choices are offered, and what is only there for scripts is not', () => {
    const { tags } = htmlCustomData(elements) as {
      tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[];
    };
    const portal = tags.find(({ name }) => name === 'zenskar-portal');
    const theme = portal?.attributes.find(({ name }) => name === 'theme');
    expect(theme?.values).toEqual([{ name: 'light' }, { name: 'dark' }, { name: 'auto' }]);
    expect(portal?.attributes.map(({ name }) => name)).not.toContain('fetchSession');
    expect(JSON.stringify(webTypes(elements, '1.2.3'))).toContain('"version":"1.2.3"');
  });

  test('the package that was built is of today', () => {
    expect(existsSync(join(packageFolder, 'types/vue.d.ts'))).toBe(true);
    const built = JSON.parse(readFileSync(join(packageFolder, 'vscode.html-custom-data.json'), 'utf8')) as unknown;
    expect(built).toEqual(JSON.parse(JSON.stringify(htmlCustomData(elements))));
  });
});
