import { expect } from '@playwright/test';
import type { FrameLocator, Page } from '@playwright/test';
import { createSession, customerBy, demo, demoPort, test, visitAs } from './demo.ts';
import { endSessions, heardEvents, innerFrame, openPage } from './framing/framing.ts';

const big = () => customerBy('More than 300');
const portalIn = (page: Page, nth = 0): FrameLocator =>
  page.locator('zenskar-portal-frame').nth(nth).frameLocator('iframe');
const rowsIn = (frame: FrameLocator) => frame.getByRole('row').filter({ hasText: 'INV-' });

test('opens with the session, the theme and the language of its page, and leaves nothing in the browser', async ({
  page,
}) => {
  await visitAs(page, big().id, '/iframe');
  const frame = portalIn(page);
  await expect(rowsIn(frame).first()).toBeVisible();
  await expect(page.locator('zenskar-portal-frame iframe')).toHaveAttribute('title', 'Billing');
  expect((await page.context().cookies(demo().api_url)).filter(({ name }) => name.includes('zenskar'))).toEqual([]);

  const inner = await innerFrame(page);
  expect(inner.url()).toBe(`${demo().api_url}/frame/${demo().organisation_id}`);
  const accent = () =>
    inner.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--zenskar-accent'));
  const scheme = () => inner.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.locator('[name=accent]').fill('#c2188b');
  await expect.poll(accent).toBe('#c2188b');
  await page.addStyleTag({ content: '.evening zenskar-portal-frame { --zenskar-accent: #8ab4ff !important }' });
  expect(await scheme()).toBe('light');
  await page.evaluate(() => {
    document.body.className = 'evening';
    document.documentElement.style.colorScheme = 'dark';
  });
  await expect.poll(accent).toBe('#8ab4ff');
  await expect.poll(scheme).toBe('dark');
});

test('is as high as what it shows, without a scroll bar of its own', async ({ page }) => {
  await visitAs(page, big().id, '/iframe');
  const frame = portalIn(page);
  await expect(rowsIn(frame)).toHaveCount(25);
  const inner = await innerFrame(page);
  const heights = () =>
    inner.evaluate(
      () => [innerHeight, Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0)] as const,
    );
  const settled = async (): Promise<number> => {
    await expect
      .poll(async () => {
        const [frameHeight, content] = await heights();
        return frameHeight - Math.max(480, content);
      })
      .toBe(0);
    return (await heights())[0];
  };
  const long = await settled();
  await frame.getByRole('searchbox').fill('no such invoice');
  await expect(rowsIn(frame)).toHaveCount(0);
  const short = await settled();
  await frame.getByRole('searchbox').fill('');
  await expect(rowsIn(frame)).toHaveCount(25);
  expect([await settled(), short < long]).toEqual([long, true]);
});

test('passes on attributes, events and calls, and a renewed session, over its port', async ({ page, complaints }) => {
  await openPage(page, {
    customerId: big().id,
    html: '<zenskar-portal-frame section="payments"></zenskar-portal-frame>',
  });
  const frame = portalIn(page);
  await expect(frame.getByRole('tab', { name: 'Payments', selected: true })).toBeVisible();
  await frame.getByRole('tab', { name: 'Invoices' }).click();
  await rowsIn(frame)
    .first()
    .getByRole('button', { name: /^INV-/ })
    .or(rowsIn(frame).first().getByRole('link'))
    .first()
    .click();
  await expect(frame.getByRole('dialog')).toBeVisible();
  await expect
    .poll(async () => (await heardEvents(page)).map(({ type }) => type))
    .toEqual([
      'zenskar-ready',
      'zenskar-section-change',
      'zenskar-view-change',
      'zenskar-invoice-open',
      'zenskar-view-change',
    ]);
  const [ready, moved, , opened] = await heardEvents(page);
  expect([ready?.['sections'], moved?.['section']]).toEqual([
    ['invoices', 'payments', 'entitlements', 'profile'],
    'invoices',
  ]);
  expect(opened?.['invoiceId']).toMatch(/^[\da-f-]{36}$/);

  await page.keyboard.press('Escape');
  await expect(frame.getByRole('dialog')).toBeHidden();
  const element = page.locator('zenskar-portal-frame');
  await element.evaluate((portal) => {
    portal.setAttribute('section', 'entitlements');
    portal.setAttribute('hide-header', '');
  });
  await expect(frame.getByRole('tab', { name: 'Entitlements', selected: true })).toBeVisible();
  await expect(frame.getByRole('tab', { name: 'Profile' })).toBeVisible();

  await endSessions(big().id);
  const renewal = page.waitForRequest('**/portal-session');
  await element.evaluate((portal) => (portal as unknown as { refresh: () => Promise<void> }).refresh());
  await renewal;
  await frame.getByRole('tab', { name: 'Payments' }).click();
  await expect(frame.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();

  await element.evaluate((portal) => (portal as unknown as { signOut: () => Promise<void> }).signOut());
  await expect.poll(async () => (await heardEvents(page)).at(-1)?.type).toBe('zenskar-sign-out');
  await expect(frame.getByRole('tab')).toHaveCount(0);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
});

test('opens the details of an invoice where the reader is', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await openPage(page, {
    customerId: big().id,
    html: '<div style="block-size: 900px"></div><zenskar-portal-frame></zenskar-portal-frame>',
  });
  const frame = portalIn(page);
  await page.locator('zenskar-portal-frame').evaluate((element) => {
    element.scrollIntoView();
  });
  await rowsIn(frame).nth(20).scrollIntoViewIfNeeded();
  await rowsIn(frame).nth(20).getByText(/^INV-/).first().click();
  const dialog = frame.getByRole('dialog');
  await expect(dialog.getByRole('heading').first()).toBeInViewport();
  const box = async () => (await dialog.boundingBox()) ?? { y: NaN, height: NaN };
  await expect.poll(async () => (await box()).y).toBeGreaterThanOrEqual(0);
  expect((await box()).height).toBeGreaterThanOrEqual(480);
  await page.mouse.wheel(0, -400);
  await page.evaluate(() => scrollBy(0, -300));
  await expect.poll(async () => Math.round((await box()).y)).toBeGreaterThanOrEqual(0);
  await expect.poll(async () => Math.round((await box()).y + (await box()).height)).toBeLessThanOrEqual(700);
});

test('comes back when the frame is reloaded, or the element is moved; two of them live beside each other', async ({
  page,
}) => {
  await openPage(page, {
    customerId: big().id,
    html: `<zenskar-portal-frame></zenskar-portal-frame><div id="elsewhere"></div>
      <zenskar-portal-frame section="entitlements"></zenskar-portal-frame>`,
  });
  const [first, second] = [portalIn(page), portalIn(page, 1)];
  await expect(second.getByRole('tab', { name: 'Entitlements', selected: true })).toBeVisible();
  await first.getByRole('tab', { name: 'Payments' }).click();
  await (
    await innerFrame(page)
  ).evaluate(() => {
    location.reload();
  });
  await expect(first.getByRole('tab', { name: 'Payments', selected: true })).toBeVisible();
  await page.evaluate(() => {
    document.querySelector('#elsewhere')?.append(document.querySelector('zenskar-portal-frame') as Node);
  });
  await expect(first.getByRole('tab', { name: 'Payments', selected: true })).toBeVisible();
  await expect(second.getByRole('tab', { name: 'Entitlements', selected: true })).toBeVisible();
});

test('is walked through by Tab, in and out', async ({ page }) => {
  await openPage(page, {
    customerId: customerBy('Fernhill').id,
    html: '<button>Before</button><zenskar-portal-frame sections="entitlements" hide-header></zenskar-portal-frame><button>After</button>',
  });
  await expect(portalIn(page).getByRole('heading').first()).toBeAttached();
  await page.getByRole('button', { name: 'Before' }).focus();
  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.localName);
  const seen = new Set<unknown>();
  for (let presses = 0; presses < 30 && (await focused()) !== 'After'; presses += 1) {
    await page.keyboard.press('Tab');
    seen.add(await focused());
  }
  expect([...seen].at(-1)).toBe('After');
});

test('works in a page that allows no more than the portal’s script and frame', async ({ page }) => {
  const api = demo().api_url;
  await openPage(page, {
    customerId: big().id,
    html: '<zenskar-portal-frame></zenskar-portal-frame>',
    policy: `default-src 'none'; script-src 'self' ${api}/widget/; connect-src 'self'; frame-src ${api}/frame/; style-src 'self'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  });
  await expect(rowsIn(portalIn(page)).first()).toBeVisible();
});

test.describe('says what is wrong', () => {
  test.afterEach(({ complaints }) => {
    const ofBrowser = /Failed to load resource|frame-ancestors|ERR_/;
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !ofBrowser.test(text)));
  });

  test('where the organisation does not know the page’s origin, and tries again', async ({ page }) => {
    await openPage(page, {
      customerId: big().id,
      origin: `http://127.0.0.1:${demoPort}`,
      html: '<zenskar-portal-frame locale="de"></zenskar-portal-frame>',
    });
    await expect(page.getByRole('alert')).toContainText('Das Abrechnungsportal konnte nicht geöffnet werden.');
    expect(await heardEvents(page)).toMatchObject([
      { type: 'zenskar-error', code: 'frame_unreachable', isFatal: true },
    ]);
    const again = page.waitForRequest('**/portal-session');
    await page.getByRole('button', { name: 'Erneut versuchen' }).click();
    await again;
    await expect.poll(async () => (await heardEvents(page)).length).toBe(2);
  });

  test('where the page brings no session, and opens when it does', async ({ page }) => {
    let answers = 0;
    await openPage(
      page,
      { customerId: big().id, html: '<zenskar-portal-frame></zenskar-portal-frame>' },
      async (route) => {
        answers += 1;
        await (answers === 1 ? route.fulfill({ status: 500 }) : route.fallback());
      },
    );
    await expect(page.getByRole('alert')).toContainText('The billing portal could not be opened.');
    expect(await heardEvents(page)).toMatchObject([{ type: 'zenskar-error', code: 'fetch_session_failed' }]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(rowsIn(portalIn(page)).first()).toBeVisible();
    await expect(page.getByRole('alert')).toBeHidden();
  });
});

test('answers nobody but its own frame, on the portal’s origin, once a page', async ({ page }) => {
  const said = (id: string): string => `{ type: 'zenskar-frame-hello', version: 1, id: '${id}' }`;
  const liar = `<script>
    const heard = [];
    addEventListener('message', ({ data }) => {
      if (data === 'what did you hear?') parent.postMessage({ heard }, '*');
      else heard.push(data);
    });
    parent.postMessage(${said('liar')}, '*');
  </script>`;
  await page.route('**/liar', (route) => route.fulfill({ contentType: 'text/html', body: liar }));
  await openPage(page, {
    customerId: big().id,
    html: `<zenskar-portal-frame></zenskar-portal-frame><iframe id="sibling" src="/liar"></iframe>`,
  });
  await expect(rowsIn(portalIn(page)).first()).toBeVisible();
  /** What a window has heard once it has certainly heard all that the element had to say to its hello. */
  const heardBy = (which: 'sibling' | 'own'): Promise<unknown> =>
    page.evaluate(async (name) => {
      const own = document.querySelector('zenskar-portal-frame')?.shadowRoot?.querySelector('iframe');
      const frame = name === 'own' ? own : document.querySelector<HTMLIFrameElement>('#sibling');
      return new Promise((resolve) => {
        addEventListener('message', ({ source, data }: MessageEvent<{ heard?: unknown }>) => {
          if (source === frame?.contentWindow && data.heard) resolve(data.heard);
        });
        frame?.contentWindow?.postMessage('what did you hear?', '*');
      });
    }, which);
  expect(await heardBy('sibling')).toEqual([]);

  // A page that says what it has heard before, and one of another origin in the element's own frame.
  const inner = await innerFrame(page);
  await inner.evaluate(() => {
    const strange = window as unknown as { welcomes: number };
    strange.welcomes = 0;
    addEventListener('message', () => (strange.welcomes += 1));
    window.parent.postMessage({ type: 'zenskar-frame-hello', version: 2, id: 'another version' }, '*');
    window.parent.postMessage({ type: 'zenskar-frame-hello', version: 1, id: 'a second page' }, '*');
    window.parent.postMessage({ type: 'zenskar-frame-hello', version: 1, id: 'a second page' }, '*');
  });
  await expect.poll(() => inner.evaluate(() => (window as unknown as { welcomes: number }).welcomes)).toBe(1);
  await inner.goto(`${demo().demo_url}/liar`);
  expect(await heardBy('own')).toEqual([]);
});

test('the page in the frame takes a port from its organisation’s pages only, for its own hello', async ({ page }) => {
  const { session_token: token } = await createSession(big().id);
  await openPage(page, {
    customerId: big().id,
    html: `<iframe src="${demo().api_url}/frame/${demo().organisation_id}"></iframe><iframe id="stranger" srcdoc="<p>"></iframe>
      <style>iframe { width: 1000px; height: 700px }</style>`,
  });
  const portal = page.frames().find((frame) => frame.url().includes('/frame/'));
  await portal?.waitForLoadState();
  const settled = await page.evaluate(async (sessionToken) => {
    const frame = document.querySelector('iframe')?.contentWindow as Window;
    const portalOrigin = new URL(document.querySelector('iframe')?.src ?? '').origin;
    const hellos = (window as unknown as { hellos: { id: string; origin: string }[] }).hellos;
    const [said] = hellos;
    const offer = (from: Window, id: string | undefined, token: string): void => {
      const { port1, port2 } = new MessageChannel();
      port1.postMessage({ type: 'source', session_token: token, can_fetch: false });
      // What posts a message is where its function comes from.
      const post = (from as unknown as { Function: FunctionConstructor }).Function(
        ...['frame', 'message', 'origin', 'port'],
        'frame.postMessage(message, origin, [port])',
      ) as (...values: unknown[]) => void;
      post(frame, { type: 'zenskar-frame-welcome', version: 1, id }, portalOrigin, port2);
    };
    const stranger = document.querySelector<HTMLIFrameElement>('#stranger')?.contentWindow as Window;
    offer(stranger, said?.id, '');
    offer(window, 'another id', '');
    offer(window, said?.id, sessionToken);
    offer(window, said?.id, '');
    return { hellos: hellos.length, origins: hellos.map(({ origin }) => origin), portalOrigin };
  }, token);
  expect(settled.hellos).toBe(1);
  expect(settled.origins).toEqual([settled.portalOrigin]);
  // Only the third offer brings a session: the portal would stay closed by any other.
  await expect(rowsIn(page.frameLocator('iframe').first()).first()).toBeVisible();
});

test('is framed by no other website, and holds nothing of any customer', async ({ page }) => {
  const address = `${demo().api_url}/frame/${demo().organisation_id}`;
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  expect(await answer.text()).not.toContain(big().name);
  const elsewhere = `http://127.0.0.1:${demoPort}/elsewhere`;
  await page.route(elsewhere, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${address}"></iframe>` }),
  );
  await page.goto(elsewhere);
  await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
});
