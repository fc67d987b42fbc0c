import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { Stage } from './stage-element.ts';

if (!customElements.get('test-stage')) customElements.define('test-stage', Stage);

/** Puts content on the page inside a themed host, `width` pixels wide, and returns the host's shadow root. */
export async function stage(
  content: TemplateResult,
  { width = 1000, theme = 'light', dir = 'ltr' }: { width?: number; theme?: string; dir?: string } = {},
): Promise<{ host: Stage; root: ShadowRoot }> {
  const host = await fixture<Stage>(html`<test-stage theme=${theme} dir=${dir} .content=${content}></test-stage>`);
  host.style.width = `${width}px`;
  host.style.backgroundColor = theme === 'dark' ? '#111' : '#fff';
  await host.updateComplete;
  const root = host.shadowRoot;
  if (!root) throw new Error('The stage has no shadow root');
  return { host, root };
}

/** The one element that matches, in a root or in the shadow root of an element. */
export function find<Found extends Element = HTMLElement>(within: ShadowRoot | Element, selector: string): Found {
  const root = within instanceof Element ? (within.shadowRoot ?? within) : within;
  const found = root.querySelector<Found>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

/** The elements that match, in a root or in the shadow root of an element. */
export function findAll<Found extends Element = HTMLElement>(within: ShadowRoot | Element, selector: string): Found[] {
  const root = within instanceof Element ? (within.shadowRoot ?? within) : within;
  return [...root.querySelectorAll<Found>(selector)];
}

/** The next event of a type, as its own class. */
export const nextEvent = <Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
): Promise<HTMLElementEventMap[Type]> =>
  new Promise((resolve) =>
    target.addEventListener(type, (event) => resolve(event as HTMLElementEventMap[Type]), { once: true }),
  );
