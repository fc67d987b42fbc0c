import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { ZkConsole } from '../console-app.ts';
import '../define.ts';

interface Demo {
  staff: { email: string; password: string };
  customers: { id: string; name: string }[];
}

export const json = { 'content-type': 'application/json' };
export let demo: Demo;
export let console_: ZkConsole;

export const post = (path: string, body: unknown = {}): Promise<Response> =>
  fetch(`/console/api/${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });

/** All elements in the document that match, through every open shadow root. */
export function findAll(selector: string, within: ParentNode = document): HTMLElement[] {
  const found: HTMLElement[] = [...within.querySelectorAll<HTMLElement>(selector)];
  for (const element of within.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...findAll(selector, element.shadowRoot));
  }
  return found;
}

export const isShown = (element: HTMLElement): boolean => element.checkVisibility();
export const textOf = (element: HTMLElement): string => element.innerText.replace(/\s+/g, ' ').trim();

export async function shown(selector: string, text = ''): Promise<HTMLElement> {
  const match = (): HTMLElement | undefined =>
    findAll(selector).find((element) => isShown(element) && textOf(element).includes(text));
  await waitUntil(match, `Nothing shown matches ${selector} "${text}"`, { timeout: 4000 });
  return match() as HTMLElement;
}

export const press = async (selector: string, text = ''): Promise<void> => (await shown(selector, text)).click();

export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

export async function type(selector: string, text: string): Promise<HTMLInputElement> {
  const input = (await shown(selector)) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  return input;
}

export async function open(path: string, { theme = 'light' } = {}): Promise<void> {
  history.replaceState(null, '', path);
  console_ = await fixture<ZkConsole>(html`<zk-console theme=${theme}></zk-console>`);
}

export async function openLoggedIn(path: string, options?: { theme: string }): Promise<void> {
  expect((await post('login', demo.staff)).status).to.equal(200);
  await open(path, options);
  await shown('h1');
}

export async function expectAccessible(): Promise<void> {
  await waitUntil(() => findAll('[aria-busy=true]').length === 0);
  await expect(console_).to.be.accessible();
}

export const customerPath = (name: string): string =>
  `/console/customers/${demo.customers.find((customer) => customer.name === name)?.id}`;

const address = location.href;

before(async function () {
  this.timeout(60_000);
  demo = (await (await fetch('/console-test/demo')).json()) as Demo;
});

beforeEach(async () => {
  await setViewport({ width: 1280, height: 800 });
  await emulateMedia({ reducedMotion: 'reduce' });
  await post('logout');
});

after(() => history.replaceState(null, '', address));
