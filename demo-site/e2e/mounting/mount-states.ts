/** What a portal is doing in the moment in which it is taken out of the page. */
export const mountStates = [
  'mounted',
  'opening',
  'loaded',
  'invoice open',
  'account menu open',
  'filter open',
  'payments open',
  'profile changed',
  'download under way',
  'download failed',
  'not opened',
  'signed out',
] as const;

/**
 * Runs in the page: mounts and removes `count` portals one after the other, each in another state than the one before.
 * All functions stand inside, because the page knows nothing of this file.
 */
export const mountAndRemove = async ([states, count]: readonly [readonly string[], number]): Promise<void> => {
  const until = async <Found>(find: () => Found | null | undefined | false): Promise<Found> => {
    const deadlineMs = performance.now() + 10_000;
    for (;;) {
      const found = find();
      if (found) return found;
      if (performance.now() > deadlineMs) throw new Error(`Waited too long: ${find}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const inside = (host: Element, ...selectors: string[]): HTMLElement | null =>
    selectors.reduce<Element | null>(
      (found, selector) => found?.shadowRoot?.querySelector(selector) ?? null,
      host,
    ) as HTMLElement | null;
  const press = async (portal: Element, ...selectors: string[]): Promise<void> => {
    (await until(() => inside(portal, ...selectors))).click();
  };
  const page = 'zk-invoices-page';
  const download = [page, 'zk-invoice-actions', 'zk-download-button'];
  const { fetch } = window;

  const reach: Record<string, (portal: Element) => Promise<unknown>> = {
    mounted: async () => undefined,
    opening: (portal) => (portal as Element & { updateComplete: Promise<unknown> }).updateComplete,
    loaded: (portal) => until(() => inside(portal, page, 'tbody tr')),
    'invoice open': async (portal) => {
      await press(portal, page, 'tbody .name button');
      await until(() => inside(portal, page, 'zk-invoice-detail', 'zk-panel', 'dialog[open]'));
    },
    'account menu open': async (portal) => {
      await press(portal, '.account');
      await until(() => inside(portal, 'zk-menu', '[popover]:popover-open'));
    },
    'filter open': async (portal) => {
      const bar = await until(() => inside(portal, page, 'zk-filter-bar', '.bar'));
      bar.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
      await customElements.whenDefined('zk-filter-popover');
      await press(portal, page, 'zk-filter-bar', '.opener');
      await until(() => inside(portal, page, 'zk-filter-bar', 'zk-filter-popover:popover-open'));
    },
    'payments open': async (portal) => {
      await press(portal, '#tab-payments');
      await until(() => inside(portal, 'zk-payments-page', 'tbody tr'));
    },
    'profile changed': async (portal) => {
      Object.assign(portal, { section: 'profile' });
      const field = (await until(() => inside(portal, 'zk-profile-page', 'input'))) as HTMLInputElement;
      field.value = 'Somebody else';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    'download under way': (portal) => press(portal, ...download, 'button'),
    'download failed': async (portal) => {
      await until(() => inside(portal, ...download, 'button'));
      window.fetch = () => Promise.reject(new TypeError('The network is gone'));
      try {
        await press(portal, ...download, 'button');
        await until(() => inside(portal, ...download, '[role=alert]'));
      } finally {
        window.fetch = fetch;
      }
    },
    'not opened': (portal) => until(() => inside(portal, '[role=alert]')),
    'signed out': async (portal) => {
      await until(() => inside(portal, page));
      await (portal as Element & { signOut: () => Promise<void> }).signOut();
    },
  };

  const fetchSession = async ({ signal }: { signal: AbortSignal }): Promise<unknown> => {
    const response = await fetch('/portal-session', { method: 'POST', signal });
    return response.json();
  };
  const noSession = (): Promise<never> => Promise.reject(new Error('Nobody is logged in'));

  for (let mounted = 0; mounted < count; mounted += 1) {
    const state = states[mounted % states.length] ?? '';
    const portal = document.createElement('zenskar-portal');
    Object.assign(portal, { fetchSession: state === 'not opened' ? noSession : fetchSession });
    document.querySelector('main')?.append(portal);
    await reach[state]?.(portal);
    portal.remove();
  }
};
