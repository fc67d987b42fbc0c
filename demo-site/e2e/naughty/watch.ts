import type { Locator, Page } from '@playwright/test';

/** What should never happen: a script of a text's ran, a policy was violated, a stranger was asked for something. */
export const watchForHarm = async (page: Page, origins: readonly string[]): Promise<string[]> => {
  const harm: string[] = [];
  await page.exposeBinding('reportHarm', (_, what: string) => {
    harm.push(what);
  });
  await page.addInitScript(() => {
    const report = (what: string): void => {
      (window as unknown as { reportHarm: (what: string) => void }).reportHarm(what);
    };
    for (const name of ['alert', 'confirm', 'prompt', 'open', 'print'] as const) {
      window[name] = (...words: unknown[]): never => {
        report(`${name}(${words.join()})`);
        throw new Error(`${name} was called`);
      };
    }
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      report(`${violatedDirective} violated by ${blockedURI || sourceFile}`);
    });
  });
  page.on('dialog', (dialog) => {
    harm.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => harm.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !origins.includes(origin)) {
      harm.push(`request to ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() === 404) {
      harm.push(`nothing at ${response.url()}`);
    }
  });
  return harm;
};

/** Every text in an element, as its nodes and fields have it, in open shadow roots too. */
export const readTexts = async (element: Locator): Promise<Set<string>> => {
  const texts = await element.evaluate((top) => {
    const found: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof Text) found.push(node.data);
      if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) found.push(node.value);
      if (node instanceof Element && node.shadowRoot !== null) walk(node.shadowRoot);
      node.childNodes.forEach(walk);
    };
    walk(top);
    return found;
  });
  return new Set(texts.flatMap((text) => [text, text.trim()]));
};
