import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { entries, placeOf, root } from './entries.ts';

interface Named {
  name: string;
  description?: string;
  default?: string;
}

interface Typed extends Named {
  type?: { text: string };
}

/** A field or a method. */
export interface Member extends Typed {
  kind: 'field' | 'method';
  privacy?: 'private' | 'protected';
  static?: boolean;
  readonly?: boolean;
  attribute?: string;
  parameters?: Typed[];
  return?: { type: { text: string } };
  inheritedFrom?: { name: string };
}

export interface Attribute extends Typed {
  fieldName?: string;
  inheritedFrom?: { name: string };
}

export interface EventOfElement extends Typed {
  inheritedFrom?: { name: string };
}

/** A class: an element, or an event that elements send. */
export interface Declaration extends Named {
  kind: string;
  summary?: string;
  tagName?: string;
  customElement?: boolean;
  superclass?: { name: string; package?: string; module?: string };
  members?: Member[];
  attributes?: Attribute[];
  events?: EventOfElement[];
  slots?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
}

interface Export {
  kind: string;
  name: string;
  declaration: { name: string; module: string };
}

interface Module {
  kind: 'javascript-module';
  path: string;
  declarations: Declaration[];
  exports: Export[];
}

/** A custom elements manifest, schema 1.0.0: the parts of it that are used here. */
export interface Manifest {
  schemaVersion: string;
  readme: string;
  modules: Module[];
}

/** Called by the browser and by lit; and what the analyzer takes for a field of the element. */
const inner =
  /^(?:\w+Callback|observedAttributes|createRenderRoot|willUpdate|updated|render|styles|adoptedStyleSheets)$/;

const analyze = (): Manifest => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const command = 'node_modules/@custom-elements-manifest/analyzer/cem.js';
  const config = 'widget/package/custom-elements-manifest.config.mjs';
  try {
    execFileSync(
      process.execPath,
      [command, 'analyze', '--config', config, '--outdir', relative(root, folder), '--quiet'],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    return JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as Manifest;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Which class an event is, by the map that TypeScript knows it from. */
const eventClasses = (modules: readonly Module[]): Map<string, string> =>
  new Map(
    modules.flatMap(({ path }) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^ {4}'(zenskar-[\w-]+)': (\w+Event);$/gm)].map(
        ([, name = '', type = '']): [string, string] => [name, type],
      ),
    ),
  );

const flat = (text: string | undefined): string => (text ?? '').replace(/\s*\n\s*/g, ' ').trim();

const described = <Item extends Named>({ inheritedFrom: _, ...item }: Item & { inheritedFrom?: { name: string } }) => ({
  ...item,
  ...(item.description === undefined ? {} : { description: flat(item.description) }),
});

/** What is inherited first, from the class furthest away: so the parts that all elements share stand at the top. */
const basesFirst = <Item extends { inheritedFrom?: { name: string } }>(items: readonly Item[]): Item[] => {
  const classes = [...new Set(items.map(({ inheritedFrom }) => inheritedFrom?.name))].reverse();
  return classes.flatMap((name) => items.filter(({ inheritedFrom }) => inheritedFrom?.name === name));
};

/** A property without a declared type is a text: no other is left to inference. */
const typeOf = (member: Member | undefined): { type: { text: string } } => ({
  type: { text: member?.type?.text ?? 'string' },
});

/** Members that pages may use, with those of the classes behind, as if they were the element's own. */
const presentElement = (element: Declaration, types: ReadonlyMap<string, string>): Declaration => {
  const members = basesFirst(element.members ?? []).filter(
    ({ privacy, name, static: isStatic }) => privacy === undefined && isStatic !== true && !inner.test(name),
  );
  const byName = new Map(members.map((member) => [member.name, member]));
  const names = [...types.keys()];
  const isLit = element.tagName !== 'zenskar-portal-frame';
  return {
    kind: 'class',
    name: element.name,
    tagName: element.tagName ?? '',
    customElement: true,
    summary: flat(element.summary?.split(/\n\s*\n/)[0]),
    superclass: isLit ? { name: 'LitElement', package: 'lit' } : { name: 'HTMLElement', package: 'global:' },
    attributes: (element.attributes ?? [])
      .filter(({ fieldName }) => fieldName !== undefined && byName.has(fieldName))
      .map((attribute) => described({ ...attribute, ...typeOf(byName.get(attribute.fieldName ?? '')) })),
    members: members.map((member) => described({ ...member, ...(member.kind === 'field' ? typeOf(member) : {}) })),
    events: (element.events ?? [])
      .filter(({ name }) => types.has(name))
      .sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
      .map((event) => described({ ...event, type: { text: types.get(event.name) ?? 'Event' } })),
    slots: (element.slots ?? []).map(described),
    cssParts: (element.cssParts ?? []).map(described),
    cssProperties: (element.cssProperties ?? []).map(described),
  };
};

/** What a page gives the frame goes to the portal in it: it means the same there, and looks alike. */
const passOn = (portal: Declaration, frame: Declaration): void => {
  frame.cssProperties = portal.cssProperties ?? [];
  frame.attributes = [...(portal.attributes ?? [])];
  for (const member of frame.members ?? []) {
    const same = portal.members?.find(({ name }) => name === member.name);
    if (same?.kind === 'field') Object.assign(member, { type: same.type, attribute: same.attribute });
    // What only the frame has is plain enough to be the same word in both.
    else if (member.kind === 'field') {
      frame.attributes.push({
        name: member.name,
        fieldName: member.name,
        type: member.type ?? { text: 'string' },
        description: member.description ?? '',
      });
      member.attribute = member.name;
    }
  }
};

const presentEvent = ({ name, description, members }: Declaration): Declaration => ({
  kind: 'class',
  name,
  description: flat(description),
  superclass: { name: 'Event', package: 'global:' },
  members: (members ?? []).filter(({ kind }) => kind === 'field').map(described),
});

/**
 * The custom elements manifest of what pages may use: the public elements, with everything they inherit, and their events.
 * Made from the source's JSDoc each time.
 */
export const readManifest = (): Manifest => {
  const { schemaVersion, modules } = analyze();
  const types = eventClasses(modules);
  const events = new Set(types.values());
  const present = (declaration: Declaration): Declaration[] => {
    if (declaration.tagName?.startsWith('zenskar-')) return [presentElement(declaration, types)];
    return events.has(declaration.name) ? [presentEvent(declaration)] : [];
  };
  const kept = modules
    .map(({ path, declarations }) => ({ place: `${placeOf(path)}.js`, declarations: declarations.flatMap(present) }))
    .filter(({ declarations }) => declarations.length > 0);

  const elements = kept.flatMap(({ declarations }) => declarations);
  const portal = elements.find(({ tagName }) => tagName === 'zenskar-portal');
  const frame = elements.find(({ tagName }) => tagName === 'zenskar-portal-frame');
  if (portal && frame) passOn(portal, frame);
  const definitionsOf = (isIn: (tag: string) => boolean): Export[] =>
    kept.flatMap(({ place, declarations }) =>
      declarations
        .filter(({ tagName }) => tagName !== undefined && isIn(tagName))
        .map(({ name, tagName = '' }) => ({
          kind: 'custom-element-definition',
          name: tagName,
          declaration: { name, module: place },
        })),
    );
  const definitions = (entry: './define' | './frame'): Module => ({
    kind: 'javascript-module',
    path: `${placeOf(entries[entry])}.js`,
    declarations: [],
    exports: definitionsOf((tag) => (tag === 'zenskar-portal-frame') === (entry === './frame')),
  });
  return {
    schemaVersion,
    readme: 'README.md',
    modules: [
      ...kept.map(({ place, declarations }): Module => ({
        kind: 'javascript-module',
        path: place,
        declarations,
        exports: declarations.map(({ name }) => ({ kind: 'js', name, declaration: { name, module: place } })),
      })),
      definitions('./define'),
      definitions('./frame'),
    ],
  };
};
