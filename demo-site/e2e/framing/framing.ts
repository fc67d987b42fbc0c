import { expect } from '@playwright/test';
import type { Frame, Page, Route } from '@playwright/test';
import { createSession, demo } from '../demo.ts';

/** Hears what the element tells its page, and what frames say to it; and brings sessions. */
const script = `
  window.heard = [];
  window.hellos = [];
  addEventListener('message', ({ data, origin }) => {
    if (data?.type === 'zenskar-frame-hello') window.hellos.push({ id: data.id, origin });
  });
  for (const name of ['ready', 'error', 'session-expired', 'section-change', 'view-change', 'invoice-open', 'sign-out'])
    document.addEventListener('zenskar-' + name, (event) => {
      window.heard.push({ ...event, type: event.type });
    });
  for (const frame of document.querySelectorAll('zenskar-portal-frame'))
    frame.fetchSession = async ({ signal }) => {
      const response = await fetch('/portal-session', { method: 'POST', signal });
      if (!response.ok) throw new Error('No session');
      return response.json();
    };
`;

/**
 * Opens a page of the merchant's website that consists of this, with the frame's script, and a backend that knows who is
 * logged in.
 */
export const openPage = async (
  page: Page,
  settings: { customerId: string; html: string; origin?: string; policy?: string },
  answerSession?: (route: Route) => Promise<void>,
): Promise<void> => {
  const { api_url: apiUrl, demo_url: demoUrl } = demo();
  const { customerId, html, origin = demoUrl, policy } = settings;
  // The answer of a route comes from no address, and such a page may not reach this machine by itself.
  await page.context().grantPermissions(['local-network-access'], { origin });
  await page.route('**/framing', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: policy === undefined ? {} : { 'content-security-policy': policy },
      body: `<!doctype html><html lang="en"><title>Framing</title><link rel="icon" href="data:,">
        <body>${html}<script type="module" src="${apiUrl}/widget/v1/zenskar-frame.js"></script>
        <script src="/framing.js"></script></body></html>`,
    }),
  );
  await page.route('**/framing.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.route('**/portal-session', async (route) => {
    const { session_token: token } = await createSession(customerId);
    await route.fulfill({ json: { session_token: token } });
  });
  if (answerSession) await page.route('**/portal-session', answerSession);
  await page.goto(`${origin}/framing`);
};

/** What the element has told its page so far. */
export const heardEvents = (page: Page): Promise<({ type: string } & Record<string, unknown>)[]> =>
  page.evaluate(() => (window as unknown as { heard: ({ type: string } & Record<string, unknown>)[] }).heard);

/** The portal's document in the first frame. */
export const innerFrame = async (page: Page): Promise<Frame> => {
  const find = (): Frame | undefined =>
    page.frames().find((frame) => frame.url().startsWith(`${demo().api_url}/frame/`));
  await expect.poll(() => find()?.url()).toBeDefined();
  return find() as Frame;
};

/** The merchant ends what the customer has open. */
export const endSessions = async (customerId: string): Promise<void> => {
  const { api_url: apiUrl, organisation_id: organisation, api_key: key } = demo();
  const response = await fetch(`${apiUrl}/customers/${customerId}/sessions/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', organisation, 'x-api-key': key },
    body: '{}',
  });
  expect(response.ok).toBe(true);
};
