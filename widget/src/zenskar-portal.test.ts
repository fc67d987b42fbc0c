import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Script } from '../wire-middleware.ts';
import './define.ts';
import type { FetchSession } from './session/session-source.ts';
import { customerId, opened, portalSession, refused, sessionToken, startWire } from './testing/wire.ts';
import type { Wire } from './testing/wire.ts';
import type { ZenskarPortal } from './zenskar-portal.ts';

const fetchSession: FetchSession = async () => ({ session_token: sessionToken });

const nextEvent = <Name extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: Name,
): Promise<HTMLElementEventMap[Name]> =>
  new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));

interface Shown {
  portal: ZenskarPortal;
  wire: Wire;
  root: ShadowRoot;
}

async function show(script: Script = {}, attributes: Partial<ZenskarPortal> = {}): Promise<Shown> {
  const wire = await startWire(script);
  const portal = await fixture<ZenskarPortal>(html`<zenskar-portal api-url=${wire.apiUrl}></zenskar-portal>`);
  Object.assign(portal, { fetchSession, ...attributes });
  await portal.updateComplete;
  if (!portal.shadowRoot) throw new Error('The portal has no shadow root');
  return { portal, wire, root: portal.shadowRoot };
}

async function showReady(script?: Script, attributes?: Partial<ZenskarPortal>): Promise<Shown> {
  const shown = await show(script, attributes);
  await waitUntil(() => shown.root.querySelector('[role=tabpanel], [role=region]'), 'never ready');
  return shown;
}

const withSession = (part: Parameters<typeof portalSession>[0]): Script => ({
  'POST session/redeem': [{ body: opened({ session: portalSession(part) }) }],
});

const textOf = (element: Element | null | undefined): string =>
  (element as HTMLElement | null)?.innerText.replace(/\s+/g, ' ').trim() ?? '';
const stateText = (root: ShadowRoot): string => textOf(root.querySelector('.state'));
const tabs = (root: ShadowRoot): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[role=tab]')];

describe('zenskar-portal', () => {
  it('shows merchant, customer, summary and the first section, and says that it is ready', async () => {
    const { portal, root } = await show();
    const event = await nextEvent(portal, 'zenskar-ready');
    expect(event.sections).to.include('invoices');
    expect(textOf(root.querySelector('.merchant'))).to.equal('Northwind Cloud');
    expect(textOf(root.querySelector('.account'))).to.contain('Meridian Logistics');
    expect(root.querySelector('zk-summary')).to.exist;
    expect(root.querySelector('zk-invoices-page')).to.exist;
    await waitUntil(() => root.querySelector('zk-summary')?.shadowRoot?.querySelector('.number, dd'));
    await expect(portal).to.be.accessible();
  });

  it('has an outline while it connects, in the room that it takes from the start', async () => {
    const { portal, root } = await show({}, { fetchSession: () => new Promise(() => undefined) });
    const heightBefore = portal.offsetHeight;
    expect(root.querySelector('zk-outline')).not.to.exist;
    const bars = () => root.querySelector('zk-outline')?.shadowRoot?.querySelectorAll('.skeleton i').length ?? 0;
    await waitUntil(() => bars() > 10);
    expect(portal.offsetHeight).to.equal(heightBefore);
    await expect(portal).to.be.accessible();
  });

  it('goes from tab to tab by arrow keys and loads a section when it is first shown', async () => {
    const { portal, root, wire } = await showReady();
    tabs(root)[0]?.focus();
    const changed = nextEvent(portal, 'zenskar-section-change');
    await sendKeys({ press: 'ArrowRight' });
    expect((await changed).section).to.equal('payments');
    await waitUntil(async () => (await wire.calls('GET payments')).length === 1);
    expect(root.activeElement).to.equal(tabs(root)[1]);
    await sendKeys({ press: 'Home' });
    expect(tabs(root).map((tab) => tab.getAttribute('aria-selected'))).to.deep.equal(['true', 'false', 'false']);
  });

  it('opens the profile from the menu by keyboard, and the tabs stay reachable', async () => {
    const { root } = await showReady();
    root.querySelector<HTMLElement>('.account')?.focus();
    await sendKeys({ press: 'Enter' });
    const menu = (): Element | null | undefined => root.querySelector('zk-menu')?.shadowRoot?.activeElement;
    await waitUntil(() => textOf(menu()) === 'Profile', 'the menu never opened');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => root.querySelector('zk-profile-page')?.shadowRoot?.querySelector('form'));
    expect(root.activeElement).to.equal(root.querySelector('#panel-profile'));
    expect(tabs(root).map((tab) => tab.tabIndex)).to.deep.equal([0, -1, -1]);
  });

  it('shows only the sections that the page chose and the session has', async () => {
    const { root } = await showReady(withSession({ sections: ['invoices', 'payments'] }), {
      sections: 'payments entitlements invoices',
    });
    expect(tabs(root).map(textOf)).to.deep.equal(['Payments', 'Invoices']);
    expect(root.querySelector('zk-payments-page, #panel-payments')).to.exist;
  });

  it('closes an open invoice when the page goes to another section', async () => {
    const { portal, root } = await showReady({}, { invoiceId: customerId });
    const page = (): Element | null | undefined => root.querySelector('zk-invoices-page');
    await waitUntil(() => page()?.shadowRoot?.querySelector('zk-invoice-detail'), 'never opened');
    portal.section = 'payments';
    await waitUntil(() => !page()?.shadowRoot?.querySelector('zk-invoice-detail'), 'never closed');
    expect(tabs(root).map((tab) => tab.ariaSelected)).to.deep.equal(['false', 'true', 'false']);
  });

  it('says so when the section of a link is switched off', async () => {
    const { portal, root } = await show(withSession({ sections: ['invoices'] }), { section: 'payments' });
    await waitUntil(() => stateText(root).includes('not available'));
    await expect(portal).to.be.accessible();
  });

  it('names the staff member in a staff view', async () => {
    const { portal, root } = await showReady(withSession({ read_only: true, staff_view: { name: 'Priya Raman' } }));
    expect(textOf(root.querySelector('.banner'))).to.contain('Priya Raman is viewing this portal as Meridian');
    await expect(portal).to.be.accessible();
  });

  it('expires with one button, which goes on where the customer was', async () => {
    const { portal, root } = await show({
      'GET invoices': [
        refused(401, { code: 'session_ended', reason: 'idle' }),
        { body: { results: [], next: null, previous: null, total_count: 0 } },
      ],
    });
    const expired = await nextEvent(portal, 'zenskar-session-expired');
    expect(expired.reason).to.equal('idle');
    await waitUntil(() => stateText(root).includes('session has expired'));
    await expect(portal).to.be.accessible();
    root.querySelector<HTMLElement>('.state .button')?.focus();
    root.querySelector<HTMLElement>('.state .button')?.click();
    await waitUntil(() => root.querySelector('zk-invoices-page'));
    expect(root.activeElement?.id).to.equal('panel-invoices');
  });

  it('says why it cannot be opened, with the id to quote', async () => {
    const { portal, root } = await show({
      'POST session/redeem': [refused(403, { code: 'origin_not_allowed', request_id: 'req_42' })],
    });
    await waitUntil(() => stateText(root).includes('could not be opened'));
    expect(stateText(root)).to.contain('req_42').and.to.contain('contact the company that bills you');
    await expect(portal).to.be.accessible();
  });

  it('shows nothing of one customer to the next', async () => {
    const other = portalSession({ customer: { id: 'b2000000-0000-4000-8000-000000000002', name: 'Tidepool Labs' } });
    const { portal, root } = await showReady({
      'POST session/redeem': [{ body: opened() }, { body: opened({ session: other }) }],
    });
    const page = root.querySelector('zk-invoices-page');
    portal.sessionToken = `${sessionToken}2`;
    await waitUntil(() => textOf(root.querySelector('.account')).includes('Tidepool'));
    await waitUntil(() => root.querySelector('zk-invoices-page'));
    expect(root.querySelector('zk-invoices-page')).not.to.equal(page);
  });

  it('shows no amount of one customer to the next where a renewal brings another one', async () => {
    const other = portalSession({ customer: { id: 'b2000000-0000-4000-8000-000000000002', name: 'Tidepool Labs' } });
    const { portal, root } = await showReady({
      'POST session/redeem': [{ body: opened() }, { body: opened({ session: other }) }],
      'GET payments': [refused(401, { code: 'session_ended', reason: 'revoked' }), { body: { results: [] } }],
    });
    const summary = root.querySelector('zk-summary');
    portal.section = 'payments';
    await waitUntil(() => textOf(root.querySelector('.account')).includes('Tidepool'));
    await portal.updateComplete;
    expect(root.querySelector('zk-summary')).not.to.equal(summary);
  });

  it('signs out, on the server too', async () => {
    const { portal, root, wire } = await showReady();
    await portal.signOut();
    await portal.updateComplete;
    expect(stateText(root)).to.contain('You are signed out');
    expect(root.querySelector('zk-invoices-page')).to.be.null;
    expect(await wire.calls('POST session/end')).to.have.length(1);
  });

  it("wears the merchant's accent unless the page has its own", async () => {
    const { portal } = await showReady();
    const accent = (): string => getComputedStyle(portal).getPropertyValue('--zk-accent').trim();
    expect(accent()).to.equal('rgb(10, 125, 90)');
    portal.style.setProperty('--zenskar-accent', '#112233');
    expect(accent()).to.equal('rgb(17, 34, 51)');
  });

  it('makes the profile a tab where there is no header', async () => {
    const { root } = await showReady({}, { hideHeader: true });
    expect(root.querySelector('header')).to.be.null;
    expect(tabs(root).map(textOf)).to.deep.equal(['Invoices', 'Payments', 'Entitlements', 'Profile']);
  });

  it('keeps its session and its place when it is moved in the document', async () => {
    const { portal, root, wire } = await showReady();
    const elsewhere = await fixture(html`<section></section>`);
    elsewhere.append(portal);
    await portal.updateComplete;
    expect(root.querySelector('zk-invoices-page')).to.exist;
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it('falls back and says so once for an attribute that it does not understand', async () => {
    const warnings: unknown[] = [];
    const { console: page } = window;
    const { warn } = page;
    page.warn = (...texts: unknown[]) => warnings.push(...texts);
    try {
      const { portal } = await showReady({}, { density: 'tiny', locale: 'no such locale' });
      await portal.refresh();
      portal.requestUpdate();
      await portal.updateComplete;
    } finally {
      page.warn = warn;
    }
    expect(warnings.filter((text) => String(text).includes('<zenskar-portal density>'))).to.have.length(1);
    expect(warnings.filter((text) => String(text).includes('<zenskar-portal locale>'))).to.have.length(1);
  });

  it('lives beside another one in the same page', async () => {
    const [first, second] = await Promise.all([showReady(), showReady(withSession({ sections: ['payments'] }))]);
    expect(first.root.querySelector('zk-invoices-page')).to.exist;
    expect(second.root.querySelector('zk-invoices-page')).to.be.null;
  });
});
