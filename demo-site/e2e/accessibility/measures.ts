import type { Page } from '@playwright/test';

/**
 * Texts that are cut: their box clips them sideways or below. One that ends in an ellipsis is no loss where the whole is
 * to be read elsewhere, which is so of names in the header and of a filter's button; what only assistive technology
 * reads is cut on purpose.
 */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
    }
    const isCut = (element: Element): boolean => {
      const { overflowX, overflowY, textOverflow, clipPath, display } = getComputedStyle(element);
      if (display === 'inline' || textOverflow === 'ellipsis' || clipPath !== 'none' || !element.checkVisibility())
        return false;
      const clipsAcross = overflowX === 'hidden' || overflowX === 'clip';
      const clipsDown = overflowY === 'hidden' || overflowY === 'clip';
      return (
        (clipsAcross && element.scrollWidth > element.clientWidth + 1) ||
        (clipsDown && element.scrollHeight > element.clientHeight + 1)
      );
    };
    const leavesWindow = (element: Element): boolean => {
      if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
        return false;
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, [role=tablist]'))
        return false;
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > document.documentElement.clientWidth + 1);
    };
    return roots
      .flatMap((root) => [...root.querySelectorAll('*')])
      .filter(
        (element) =>
          !['svg', 'input', 'select', 'option'].includes(element.localName) && element.namespaceURI?.includes('xhtml'),
      )
      .filter((element) => isCut(element) || leavesWindow(element))
      .map(
        (element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`,
      );
  });

/** Targets under 24 by 24 px whose circle of 24 px around the middle meets another target; links inside a text are exempt. */
export const smallTargets = (): string[] => {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
  }
  const targets = roots
    .flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [role=menuitem]'),
    ])
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
    // A box inside its label is pressed by the label.
    .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const gap = (x: number, y: number, box: DOMRect): number =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return targets
    .filter(({ box }) => box.width < 23.5 || box.height < 23.5)
    .filter(({ element, box }) => {
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      return targets.some((other) => other.element !== element && gap(x, y, other.box) < 12);
    })
    .map(
      ({ element, box }) =>
        `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)} ${Math.round(box.width)}×${Math.round(box.height)}`,
    );
};
