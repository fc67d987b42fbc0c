import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Script } from '../wire-middleware.ts';
import './define.ts';
import type { PortalElement } from './portal-element.ts';
import type { FetchSession } from './session/session-source.ts';
import { nextEvent } from './testing/stage.ts';
import { customerId, opened, portalSession, refused, sessionToken, startWire } from './testing/wire.ts';
import type { Wire } from './testing/wire.ts';

const otherCustomerId = customerId.replace('b', 'c');
const otherToken = sessionToken.replace(customerId, otherCustomerId);
const fetchSession: FetchSession = async () => ({ session_token: sessionToken });
const pages = {
  'zenskar-summary': 'zk-summary',
  'zenskar-invoices': 'zk-invoices-page',
  'zenskar-payments': 'zk-payments-page',
  'zenskar-entitlements': 'zk-entitlements-page',
  'zenskar-profile': 'zk-profile-page',
} as const;
type Name = keyof typeof pages;
const names = Object.keys(pages) as Name[];

const redeemed = async (wire: Wire): Promise<number> => (await wire.calls('POST session/redeem')).length;
const page = (element: PortalElement): Element | null | undefined =>
  element.shadowRoot?.querySelector(pages[element.localName as Name]);
const isDrawn = (element: PortalElement): boolean => Boolean(page(element)?.shadowRoot?.querySelector('*'));
const stateOf = (element: PortalElement): string =>
  element.shadowRoot?.querySelector<HTMLElement>('.state')?.innerText ?? '';

/** Elements on one page, in this order. */
async function place(wire: Wire, ...tags: Name[]): Promise<PortalElement[]> {
  const main = await fixture(html`<main></main>`);
  for (const tag of tags) {
    const element = document.createElement(tag) as PortalElement;
    element.setAttribute('api-url', wire.apiUrl);
    main.append(element);
  }
  return [...main.children] as PortalElement[];
}

describe('section elements', () => {
  for (const name of names) {
    it(`${name} stands alone, and says that it is ready`, async () => {
      const [element] = await place(await startWire(), name);
      if (!element) throw new Error('Nothing was placed');
      const ready = nextEvent(element, 'zenskar-ready');
      element.fetchSession = fetchSession;
      await ready;
      await waitUntil(() => isDrawn(element), 'never drawn');
      expect(element.shadowRoot?.querySelector('header, [role=tab]')).not.to.exist;
      await expect(element).to.be.accessible();
    });
  }

  it('share the session of the one that has a way to it, and its one answer to each question, with a slash at the end of its address or none', async () => {
    const wire = await startWire();
    const elements = await place(wire, ...names);
    Object.assign(elements[2] ?? {}, { fetchSession, apiUrl: `${wire.apiUrl}/` });
    await waitUntil(() => elements.every(isDrawn), 'not all were drawn');
    expect(await redeemed(wire)).to.equal(1);
  });

  it('share a session when all have the same function, or the same token', async () => {
    for (const way of [{ fetchSession }, { sessionToken }]) {
      const wire = await startWire();
      const elements = await place(wire, 'zenskar-invoices', 'zenskar-profile', 'zenskar-invoices');
      for (const element of elements) Object.assign(element, way);
      await waitUntil(() => elements.every(isDrawn), 'not all were drawn');
      expect(await redeemed(wire)).to.equal(1);
    }
  });

  it('have sessions of their own when each has a function of its own', async () => {
    const wire = await startWire();
    const elements = await place(wire, 'zenskar-invoices', 'zenskar-invoices');
    for (const element of elements) element.fetchSession = async () => ({ session_token: sessionToken });
    await waitUntil(() => elements.every(isDrawn), 'not all were drawn');
    expect(await redeemed(wire)).to.equal(2);
  });

  it('renew in one flight', async () => {
    const wire = await startWire({ 'POST session/redeem': [{ body: opened({ expires_in: 4 }) }] });
    const elements = await place(wire, 'zenskar-invoices', 'zenskar-payments', 'zenskar-entitlements');
    Object.assign(elements[0] ?? {}, { fetchSession });
    await waitUntil(() => elements.every(isDrawn), 'not all were drawn');
    await Promise.all(elements.map((element) => element.refresh()));
    expect(await wire.calls('POST session/renew')).to.have.length(1);
  });

  it('join a session that is already open, and keep it when the one that opened it goes', async () => {
    const wire = await startWire();
    const [first] = await place(wire, 'zenskar-summary');
    if (!first) throw new Error('Nothing was placed');
    first.fetchSession = fetchSession;
    await waitUntil(() => isDrawn(first));
    const late = document.createElement('zenskar-payments');
    late.apiUrl = wire.apiUrl;
    first.after(late);
    await waitUntil(() => isDrawn(late), 'the late one was never drawn');
    first.remove();
    await late.refresh();
    expect([await redeemed(wire), (await wire.calls('GET payments')).length]).to.deep.equal([1, 2]);
    late.remove();
  });

  it('end together when one signs out, and a new one opens a session of its own', async () => {
    const wire = await startWire();
    const [one, other] = await place(wire, 'zenskar-invoices', 'zenskar-profile');
    if (!one || !other) throw new Error('Nothing was placed');
    one.fetchSession = fetchSession;
    await waitUntil(() => isDrawn(one) && isDrawn(other));
    await one.signOut();
    await waitUntil(() => [one, other].every((element) => stateOf(element).includes('You are signed out')));
    const next = document.createElement('zenskar-summary');
    Object.assign(next, { apiUrl: wire.apiUrl, fetchSession });
    one.after(next);
    await waitUntil(() => isDrawn(next), 'no session for the new one');
    expect(stateOf(one)).to.include('You are signed out');
    next.remove();
  });

  for (const way of [{}, { fetchSession }]) {
    const others = 'fetchSession' in way ? ', whatever function they share' : '';
    it(`show another customer when each is given another token${others}, and so does one without a way`, async () => {
      const session = portalSession({ customer: { ...portalSession().customer, id: otherCustomerId } });
      const wire = await startWire({
        'POST session/redeem': [{ body: opened() }, { body: opened({ session, access_token: 'other' }) }],
      });
      const elements = await place(wire, 'zenskar-invoices', 'zenskar-profile', 'zenskar-summary');
      const owners = elements.slice(0, 2);
      for (const element of owners) Object.assign(element, way, { sessionToken });
      await waitUntil(() => elements.every(isDrawn), 'not all were drawn');
      for (const element of owners) {
        element.sessionToken = otherToken;
        await element.updateComplete;
      }
      for (const question of ['GET invoices', 'GET profile', 'GET summary']) {
        const isAsked = async (): Promise<boolean> =>
          (await wire.calls(question)).some(({ headers }) => headers['authorization'] === 'Bearer other');
        await waitUntil(isAsked, `${question}: still the first customer`);
      }
      const redemptions = await wire.calls('POST session/redeem');
      expect(redemptions.map(({ body }) => (body as { session_token: string }).session_token)).to.deep.equal([
        sessionToken,
        otherToken,
      ]);
    });
  }

  it('end where they were opened, when the one that opened it has gone to another server', async () => {
    const wire = await startWire();
    const elsewhere = await startWire();
    const [one, other] = await place(wire, 'zenskar-invoices', 'zenskar-payments');
    if (!one || !other) throw new Error('Nothing was placed');
    for (const element of [one, other]) element.fetchSession = fetchSession;
    await waitUntil(() => isDrawn(one) && isDrawn(other));
    one.apiUrl = elsewhere.apiUrl;
    await one.updateComplete;
    await other.signOut();
    expect(await wire.calls('POST session/end')).to.have.length(1);
    expect(await elsewhere.calls('POST session/end')).to.have.length(0);
  });

  it('come back into the page with what has become of the session', async () => {
    const wire = await startWire();
    const [one, other] = await place(wire, 'zenskar-invoices', 'zenskar-payments');
    if (!one || !other) throw new Error('Nothing was placed');
    one.fetchSession = fetchSession;
    await waitUntil(() => isDrawn(one) && isDrawn(other));
    other.remove();
    await one.signOut();
    one.after(other);
    await waitUntil(() => stateOf(other).includes('You are signed out'), 'still shows the customer');
    expect(page(other)).not.to.exist;
  });

  it('find a session that was brought while they were out of the page', async () => {
    const wire = await startWire();
    const [one, other] = await place(wire, 'zenskar-invoices', 'zenskar-payments');
    if (!one || !other) throw new Error('Nothing was placed');
    await other.updateComplete;
    other.remove();
    one.fetchSession = fetchSession;
    await waitUntil(() => isDrawn(one));
    one.after(other);
    await waitUntil(() => isDrawn(other), 'never found it');
    expect(await redeemed(wire)).to.equal(1);
  });

  it('tell the page once why there is no session, however often they are moved', async () => {
    const wire = await startWire({ 'POST session/redeem': [refused(403, { code: 'origin_not_allowed' })] });
    const [element] = await place(wire, 'zenskar-invoices');
    if (!element) throw new Error('Nothing was placed');
    let told = 0;
    element.addEventListener('zenskar-error', () => {
      told += 1;
      element.parentElement?.append(element);
    });
    const failure = nextEvent(element, 'zenskar-error');
    element.fetchSession = fetchSession;
    await failure;
    await element.updateComplete;
    expect(told).to.equal(1);
  });

  it('say so when the session does not include them', async () => {
    const script: Script = {
      'POST session/redeem': [{ body: opened({ session: portalSession({ sections: ['payments'] }) }) }],
    };
    const [profile, summary] = await place(await startWire(script), 'zenskar-profile', 'zenskar-summary');
    Object.assign(profile ?? {}, { fetchSession });
    await waitUntil(() => profile && stateOf(profile).includes('not available'));
    expect(summary?.shadowRoot?.querySelector('zk-summary')).not.to.exist;
  });

  it('tell each its own page why there is no session', async () => {
    const wire = await startWire({ 'POST session/redeem': [refused(403, { code: 'origin_not_allowed' })] });
    const elements = await place(wire, 'zenskar-invoices', 'zenskar-payments');
    const failures = elements.map((element) => nextEvent(element, 'zenskar-error'));
    Object.assign(elements[0] ?? {}, { fetchSession });
    expect((await Promise.all(failures)).map(({ code, isFatal }) => [code, isFatal])).to.deep.equal([
      ['origin_not_allowed', true],
      ['origin_not_allowed', true],
    ]);
  });

  it('open an invoice by its id, and close it', async () => {
    const element = await fixture<HTMLElementTagNameMap['zenskar-invoices']>(
      html`<zenskar-invoices invoice-id="${customerId}" api-url=${(await startWire()).apiUrl}></zenskar-invoices>`,
    );
    element.fetchSession = fetchSession;
    const detail = (): Element | null | undefined => page(element)?.shadowRoot?.querySelector('zk-invoice-detail');
    await waitUntil(detail, 'never opened');
    element.removeAttribute('invoice-id');
    await waitUntil(() => !detail(), 'never closed');
  });

  it('take every attribute away again', async () => {
    const [element] = await place(await startWire(), 'zenskar-invoices');
    if (!element) throw new Error('Nothing was placed');
    element.fetchSession = fetchSession;
    const attributes = { locale: 'de', theme: 'dark', density: 'compact', 'session-token': sessionToken };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    await waitUntil(() => isDrawn(element));
    for (const name of Object.keys(attributes)) element.removeAttribute(name);
    await element.updateComplete;
    expect(isDrawn(element)).to.equal(true);
    element.removeAttribute('api-url');
    await element.updateComplete;
    expect(element.apiUrl).to.equal(location.origin);
  });

  it('take a theme by property as well as by attribute', async () => {
    const [element] = await place(await startWire(), 'zenskar-invoices');
    if (!element) throw new Error('Nothing was placed');
    element.theme = 'dark';
    await element.updateComplete;
    expect(getComputedStyle(element).colorScheme).to.equal('dark');
    element.theme = '';
    await element.updateComplete;
    expect(element.hasAttribute('theme')).to.equal(false);
  });
});
