/** What keys are called on a keyboard, and where W3C WebDriver puts those that write nothing. */
const keys: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/** One window of a browser behind a W3C WebDriver server. */
export interface DrivenWindow {
  /** As the driver says it: `2.50.6`. */
  version: string;
  open(url: string): Promise<void>;
  url(): Promise<string>;
  /** Where its upper left corner is on the screen. */
  move(x: number, y: number): Promise<void>;
  /** Of the page, without what the browser draws around it; in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** By the names of KeyboardEvent's `key`: one after the other. */
  press(...names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

async function call<Value>(method: string, url: string, body?: object): Promise<Value> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${method} ${url}: ${value.error}, ${value.message}`);
  return value;
}

/** Starts the browser that the WebDriver server at `origin` drives of its own accord. */
export async function openWindow(origin: string): Promise<DrivenWindow> {
  const { sessionId, capabilities } = await call<{ sessionId: string; capabilities: { browserVersion: string } }>(
    'POST',
    `${origin}/session`,
    { capabilities: {} },
  );
  const session = `${origin}/session/${sessionId}`;
  const open = (url: string): Promise<void> => call('POST', `${session}/url`, { url });
  const innerSize = (): Promise<[number, number]> =>
    call('POST', `${session}/execute/sync`, { script: 'return [innerWidth, innerHeight]', args: [] });
  return {
    version: capabilities.browserVersion,
    open,
    url: () => call('GET', `${session}/url`),
    move: (x, y) => call('POST', `${session}/window/rect`, { x, y }),
    async resize(width, height) {
      const outer = await call<{ width: number; height: number }>('GET', `${session}/window/rect`);
      let [innerWidth, innerHeight] = await innerSize();
      const rect = { width: width + outer.width - innerWidth, height: height + outer.height - innerHeight };
      await call('POST', `${session}/window/rect`, rect);
      for (const giveUp = Date.now() + 5_000; innerWidth !== width || innerHeight !== height;) {
        if (Date.now() > giveUp) throw new Error(`The page is ${innerWidth} by ${innerHeight} px`);
        [innerWidth, innerHeight] = await innerSize();
      }
    },
    async press(...names) {
      const values = names.map((name) => keys[name] ?? name);
      const actions = values.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await call('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    close: () => call('DELETE', session),
  };
}
