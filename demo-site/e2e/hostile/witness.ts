/**
 * What stands in the host page and watches over it. Runs in the page, before the portal's script and after whatever the
 * page itself does to its globals, so everything that it needs it takes at once.
 */
export interface Harm {
  globals: string[];
  prototypes: string[];
  styles: string[];
  page: string[];
  listeners: string[];
  violations: string[];
}

/** What the page heard of the portal. */
export interface Heard {
  name: string;
  code?: string;
  reason?: string | null;
}

export interface Witness {
  heard: Heard[];
  /** What is no longer as it was before the portal came. `listeners` are those that it has on the page right now. */
  findHarm(): Harm;
}

declare global {
  interface Window {
    witness: Witness;
    /** The portal, where a selector does not find it. */
    portal?: Element;
  }
}

/** To be called in the page, by its text. */
export const watch = (): void => {
  const { getOwnPropertyNames, getOwnPropertyDescriptor } = Object;
  const ownKeys = Reflect.ownKeys;
  const isObject = (value: unknown): value is object =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';

  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations[violations.length] = `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`;
  });
  const heard: Heard[] = [];
  for (const name of ['zenskar-ready', 'zenskar-error', 'zenskar-session-expired']) {
    document.addEventListener(name, (event) => {
      const { code, reason } = event as Event & { code?: string; reason?: string | null };
      heard[heard.length] = {
        name,
        ...(code === undefined ? {} : { code }),
        ...(reason === undefined ? {} : { reason }),
      };
    });
  }

  const listening = new Map<string, number>();
  const places: [string, EventTarget][] = [
    ['window', window],
    ['document', document],
    ['html', document.documentElement],
    ['body', document.body],
  ];
  for (const [place, target] of places) {
    for (const [method, step] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ] as const) {
      const native = target[method].bind(target);
      target[method] = (type: string, ...rest: [EventListener]) => {
        // The portal takes each of its listeners away once; its options do not matter.
        listening.set(`${place} ${type}`, (listening.get(`${place} ${type}`) ?? 0) + step);
        native(type, ...rest);
      };
    }
  }

  const watched = new Map<string, object>();
  const namesBefore = new Set(getOwnPropertyNames(window));
  for (const name of namesBefore) {
    const descriptor = getOwnPropertyDescriptor(window, name);
    const value: unknown = descriptor?.value;
    // Numbered names are frames; the browser's driver has things of its own.
    if (!isObject(value) || value === window || /^(\d+|portal|__playwright.*)$/.test(name)) continue;
    watched.set(name, value);
    const prototype: unknown =
      typeof value === 'function' ? getOwnPropertyDescriptor(value, 'prototype')?.value : undefined;
    if (isObject(prototype)) watched.set(`${name}.prototype`, prototype);
  }
  const membersOf = (object: object): Map<PropertyKey, PropertyDescriptor | undefined> =>
    new Map(ownKeys(object).map((key) => [key, getOwnPropertyDescriptor(object, key)] as const));
  const membersBefore = new Map([...watched].map(([name, object]) => [name, membersOf(object)] as const));
  const isSame = (one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean =>
    Object.is(one?.value, other?.value) && one?.get === other?.get && one?.set === other?.set;

  // RegExp keeps the last match in properties of its own; nobody can help that.
  const isNoise = (name: string, key: PropertyKey): boolean =>
    name === 'RegExp' || (name === 'performance' && key === 'now');
  const findPrototypes = (): string[] =>
    [...watched].flatMap(([name, object]) => {
      const before = membersBefore.get(name) ?? new Map<PropertyKey, PropertyDescriptor | undefined>();
      const now = membersOf(object);
      return [...new Set([...before.keys(), ...now.keys()])]
        .filter((key) => !isNoise(name, key) && !isSame(before.get(key), now.get(key)))
        .map((key) => `${name}.${String(key)}`);
    });

  const guarded = [...document.querySelectorAll('[data-guarded], [data-guarded] *')];
  const stylesOf = (element: Element): string =>
    [null, '::before', '::after']
      .map((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        // The portal registers its own custom properties with the page; nothing of the page's has them.
        const names = [...style].filter((name) => !name.startsWith('--zk-'));
        return names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('\n');
      })
      .join('\n');
  const boxOf = (element: Element): string => {
    const { left, width, height } = element.getBoundingClientRect();
    return `box: ${left} ${width} ${height}`;
  };
  const drawingOf = (element: Element): string[] => `${boxOf(element)}\n${stylesOf(element)}`.split('\n');
  const drawingsBefore = guarded.map(drawingOf);
  const findStyles = (): string[] =>
    guarded.flatMap((element, index) => {
      const now = drawingOf(element);
      return (drawingsBefore[index] ?? [])
        .map((line, at) => (line === now[at] ? '' : `${element.localName}: ${line} became ${now[at]}`))
        .filter((line) => line !== '');
    });

  const pageNow = (): string[] => [
    `title: ${document.title}`,
    `address: ${location.href}`,
    `history: ${history.length}`,
    `cookie: ${document.cookie}`,
    `name: ${window.name}`,
    `focus: ${document.activeElement?.id ?? ''}`,
    `scroll: ${scrollX} ${scrollY}`,
    `head: ${document.head.childElementCount}`,
    `body: ${[...document.body.children]
      .map(({ localName }) => localName)
      .filter((name) => name !== 'script')
      .join(' ')}`,
    `html: ${(document.documentElement.cloneNode() as Element).outerHTML}`,
    `sheets: ${document.adoptedStyleSheets.length} ${document.styleSheets.length}`,
    `stored: ${localStorage.length} ${sessionStorage.length}`,
  ];
  const pageBefore = pageNow();
  window.witness = {
    heard,
    findHarm: () => ({
      globals: getOwnPropertyNames(window).filter(
        (name) => !namesBefore.has(name) && !/^(\d+|portal|witness)$/.test(name),
      ),
      prototypes: findPrototypes(),
      styles: findStyles(),
      page: pageNow().filter((line, index) => line !== pageBefore[index]),
      listeners: [...listening].filter(([, count]) => count > 0).map(([place, count]) => `${place} ${count}`),
      violations,
    }),
  };
};
