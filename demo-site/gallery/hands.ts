/** After that something will not come any more. */
export const patienceMs = 6_000;

/** Works a shown element as its reader would, by what can be pressed and typed into. */
export interface Hands {
  /**
   * The first element that is drawn and matches; of several selectors each is looked for inside of the one before, shadow
   * roots included.
   */
  find(...path: readonly string[]): Promise<Element>;
  press(...path: readonly string[]): Promise<void>;
  type(text: string, ...path: readonly string[]): Promise<void>;
}

export const handsOn = (stage: Element): Hands => {
  const find = async (...path: readonly string[]): Promise<Element> => {
    for (const endMs = performance.now() + patienceMs; performance.now() < endMs;) {
      const found = path.reduce<Element | undefined>(
        (within, selector) => within && findWithin(within, selector),
        stage,
      );
      if (found) return found;
      await nextFrame();
    }
    throw new Error(`Nothing in the gallery matches ${path.join(' > ')}`);
  };
  return {
    find,
    press: async (...path) => ((await find(...path)) as HTMLElement).click(),
    type: async (text, ...path) => {
      const field = (await find(...path)) as HTMLInputElement;
      field.focus();
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
  };
};

const findWithin = (within: Element, selector: string): Element | undefined =>
  [...everythingIn(within)].find((element) => element.matches(selector) && element.checkVisibility());

/** Every element below, through all shadow roots. */
export function* everythingIn(root: Element | ShadowRoot): Generator<Element> {
  if (root instanceof Element && root.shadowRoot) yield* everythingIn(root.shadowRoot);
  for (const child of root.children) {
    yield child;
    yield* everythingIn(child);
  }
}

export const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
