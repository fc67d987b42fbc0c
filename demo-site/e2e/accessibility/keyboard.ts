import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** What has the focus. The hosts of the shadow roots around it match before it. */
export const focused = (page: Page): Locator => page.locator(':focus').last();

/**
 * Whether the reader sees where the focus is: an outline of at least 2 px around something in the window that nothing
 * lies over. What is no control but a place to start reading from shows none.
 * @returns what is wrong, or nothing
 */
const focusProblem = (): string => {
  let control = document.activeElement;
  while (control?.shadowRoot?.activeElement) control = control.shadowRoot.activeElement;
  if (control === null || control === document.body) return '';
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(control);
  // Of a link over several lines the first one.
  const box = control.getClientRects()[0] ?? new DOMRect();
  const name = `<${control.localName} class="${control.className}">`;
  if (control.matches('h1, h2, main, [data-attention]')) return '';
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${name} shows no ring`;
  if (outlineColor === 'rgba(0, 0, 0, 0)') return `${name} has a ring that nobody sees`;
  if (box.width < 2 || box.height < 2 || getComputedStyle(control).clipPath !== 'none')
    return `${name} is not to be seen`;
  const isInside =
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < document.documentElement.clientWidth;
  if (!isInside) return `${name} is outside the window`;
  const middle = (from: number, to: number, end: number): number => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const x = middle(box.left, box.right, innerWidth);
  const y = middle(box.top, box.bottom, innerHeight);
  let top = document.elementFromPoint(x, y);
  while (top?.shadowRoot?.elementFromPoint(x, y)) {
    const inner: Element | null = top.shadowRoot.elementFromPoint(x, y);
    if (inner === top) break;
    top = inner;
  }
  // A text in a slot is found as the element that it was written into.
  if (top === (control.getRootNode() as ShadowRoot).host && control.querySelector('slot')) return '';
  for (let node: Node | null = top; node;) {
    if (node === control) return '';
    node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
  }
  return `${name} lies under <${top?.localName ?? 'nothing'} class="${top?.className ?? ''}">`;
};

/** Presses a key, and expects what has the focus then to be seen having it. */
export const press = async (page: Page, key: string): Promise<void> => {
  await page.keyboard.press(key);
  // A panel that closes gives the focus back with its last event.
  await expect.poll(() => page.evaluate(focusProblem), { message: `after ${key}`, timeout: 2_000 }).toBe('');
};

/** Goes on by Tab until the focus is on `target`; at most `stops` times. */
export const tabTo = async (page: Page, target: Locator, { key = 'Tab', stops = 80 } = {}): Promise<void> => {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < stops; stop += 1) {
    await press(page, key);
    if (await target.evaluate((element) => element.matches(':focus'))) return;
  }
  throw new Error(`${stops} presses of ${key} do not lead to ${target.toString()}`);
};
