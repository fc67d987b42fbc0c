import type { HostPage } from './host-page.ts';

/** Scripts that change what every script of the page works with. */
export const scriptedPages: readonly HostPage[] = [
  {
    name: 'a page that adds to the prototypes of everything, for all loops to see',
    first: () => {
      for (const name of [
        'Object',
        'Array',
        'Function',
        'String',
        'Number',
        'Boolean',
        'Date',
        'RegExp',
        'Promise',
        'Map',
        'Event',
      ]) {
        const { prototype } = (window as unknown as Record<string, { prototype: Record<string, unknown> }>)[name] ?? {};
        if (prototype) Object.assign(prototype, { extra: () => 'extra', each: [1], isEmpty: true, last: undefined });
      }
    },
  },
  {
    name: 'a page with an old Prototype.js, which writes JSON in its own way',
    first: () => {
      const text = (value: unknown): string => JSON.stringify(String(value));
      Object.assign(Array.prototype, {
        toJSON(this: unknown[]) {
          return `[${this.join(', ')}]`;
        },
        reduce(this: unknown[]) {
          return this.length > 1 ? this : this[0];
        },
        entries(this: unknown[]) {
          return [...this];
        },
        first(this: unknown[]) {
          return this[0];
        },
      });
      Object.assign(String.prototype, {
        toJSON(this: string) {
          return text(this);
        },
        strip(this: string) {
          return this.trim();
        },
      });
      Object.assign(Number.prototype, {
        toJSON(this: number) {
          return String(this);
        },
      });
      Object.assign(Date.prototype, {
        toJSON(this: Date) {
          return text(this.toISOString());
        },
      });
      Object.assign(Element.prototype, { update: null, show: null, select: () => [] });
      Object.assign(Function.prototype, {
        bind(this: (...values: unknown[]) => unknown, self: unknown, ...given: unknown[]) {
          return (...more: unknown[]) => this.apply(self, [...given, ...more]);
        },
      });
    },
  },
  {
    name: 'a page with MooTools, which takes Element, $ and Array.from',
    first: () => {
      const native = Array.from.bind(Array);
      Array.from = ((item: unknown) =>
        item === null || item === undefined ? [] : typeof item === 'object' ? native(item as []) : [item]) as never;
      Object.assign(String.prototype, {
        contains(this: string, part: string, separator = '') {
          return `${separator}${this}${separator}`.includes(part);
        },
      });
      Object.assign(Array.prototype, { flatten: null, pick: null, clean: null, append: null });
      Object.assign(Element.prototype, { inject: null, set: null, get: null, store: null });
      Object.assign(window, { $: () => null, $$: () => [], Element: function MooElement() {} });
    },
  },
  {
    name: 'a page whose polyfills have replaced Promise and Date',
    first: () => {
      const { Date: NativeDate, Promise: NativePromise } = window;
      window.Promise = class CorePromise<Value> extends NativePromise<Value> {};
      window.Date = class CoreDate extends NativeDate {} as DateConstructor;
    },
  },
  {
    name: 'a page with a fetch of its own, which answers what only looks like a response',
    first: () => {
      const { fetch: nativeFetch } = window;
      window.fetch = async (input, init) => {
        const response = await nativeFetch(String(input), { ...init });
        return new Proxy(response, {
          get: (target, key) => {
            const value: unknown = Reflect.get(target, key, target);
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          },
        });
      };
    },
  },
  {
    name: 'a page that wraps each element and each shadow root',
    first: () => {
      const define = customElements.define.bind(customElements);
      customElements.define = (name, constructor, options) => {
        define(name, class extends constructor {}, options);
      };
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function attach(options) {
        return attachShadow.call(this, options);
      };
    },
  },
  {
    name: 'a page that listens to each request, timer and listener',
    first: () => {
      const { fetch: nativeFetch, setTimeout: nativeSetTimeout } = window;
      const seen: unknown[] = [];
      window.fetch = (...values) => {
        seen.push(values);
        return nativeFetch(...values).then((response) => {
          seen.push(response.clone());
          return response;
        });
      };
      window.setTimeout = ((work: () => void, delay: number) =>
        nativeSetTimeout(() => {
          seen.push(work);
          work();
        }, delay)) as never;
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function listen(type, listener, options) {
        seen.push(type);
        addEventListener.call(this, type, listener, options);
      };
    },
  },
  {
    name: 'a page that takes fetch away when the portal is there',
    fetchSession: `async () => {
      const response = await fetch('/portal-session', { method: 'POST' });
      window.fetch = () => { throw new Error('This page has no fetch'); };
      return response.json();
    }`,
    isSlow: true,
    outcome: { event: { name: 'zenskar-error', code: 'network_error' }, text: /could not be opened/ },
  },
  {
    name: 'a page whose fetch fails in a way of its own',
    first: () => {
      const { fetch: nativeFetch } = window;
      window.fetch = (input, init) => {
        if (!String(input).includes('/portal-session')) throw new RangeError('No');
        return nativeFetch(input, init);
      };
    },
    isSlow: true,
    outcome: { event: { name: 'zenskar-error', code: 'network_error' }, text: /could not be opened/ },
  },
  {
    name: 'a page whose AbortSignal can do less',
    first: () => {
      Object.assign(AbortSignal, { any: undefined });
    },
    outcome: { event: { name: 'zenskar-error', code: 'fetch_session_failed' }, text: /could not be opened/ },
  },
  {
    name: 'a page that swallows every event',
    first: () => {
      for (const type of ['keydown', 'pointerdown', 'focusin'])
        addEventListener(type, (event) => event.stopImmediatePropagation());
    },
  },
  {
    name: 'a page that has frozen its globals',
    first: () => {
      for (const { prototype } of [Object, Array, Function, String, Promise, Element, HTMLElement, Node, EventTarget])
        Object.freeze(prototype);
      for (const global of [JSON, Math, Reflect, Object, Array, Promise, Intl]) Object.freeze(global);
    },
  },
];
