import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import '../define.ts';
import { sessionToken, startWire } from '../testing/wire.ts';
import type { Wire } from '../testing/wire.ts';
import type { ZenskarPortal } from '../zenskar-portal.ts';

interface Mounted {
  portal: ZenskarPortal;
  root: ShadowRoot;
  wire: Wire;
  fetched: () => number;
}

async function mount(attributes: Partial<ZenskarPortal> = {}): Promise<Mounted> {
  const wire = await startWire();
  const portal = document.createElement('zenskar-portal');
  let fetched = 0;
  const fetchSession = async (): Promise<{ session_token: string }> => {
    fetched += 1;
    return { session_token: sessionToken };
  };
  Object.assign(portal, { apiUrl: wire.apiUrl, fetchSession, ...attributes });
  (await fixture(html`<section></section>`)).append(portal);
  if (!portal.shadowRoot) throw new Error('The portal has no shadow root');
  return { portal, root: portal.shadowRoot, wire, fetched: () => fetched };
}

const isReady = (root: ShadowRoot): Promise<void> =>
  waitUntil(() => root.querySelector('[role=tabpanel], [role=region]'), 'never ready');
const place = (): Promise<Element> => fixture(html`<section></section>`);
const nameField = (root: ShadowRoot): HTMLInputElement | null | undefined =>
  root.querySelector('zk-profile-page')?.shadowRoot?.querySelector<HTMLInputElement>('#customer_name');

describe('A portal that is moved', () => {
  it('opens one session where it is moved again and again while it is opening', async () => {
    const { portal, root, wire, fetched } = await mount();
    const places = [await place(), await place()];
    for (let turn = 0; turn < 20; turn += 1) {
      portal.remove();
      places[turn % 2]?.append(portal);
      if (turn % 5 === 0) await nextFrame();
    }
    await isReady(root);
    expect([fetched(), (await wire.calls('POST session/redeem')).length]).to.deep.equal([1, 1]);
  });

  it('never spends its one-time token twice', async () => {
    const { portal, root, wire } = await mount({ sessionToken, fetchSession: null });
    await isReady(root);
    portal.remove();
    await nextFrame();
    (await place()).append(portal);
    await isReady(root);
    await portal.refresh();
    expect(await wire.calls('POST session/redeem')).to.have.length(1);
  });

  it('goes on in another shadow root with its section and with what was typed', async () => {
    const { portal, root, wire, fetched } = await mount({ section: 'profile' });
    await waitUntil(() => nameField(root), 'no form');
    const field = nameField(root);
    if (!field) return;
    field.value = 'Meridian Group';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    (await place()).attachShadow({ mode: 'open' }).append(portal);
    await portal.updateComplete;
    await nextFrame();
    expect(nameField(root)?.value).to.equal('Meridian Group');
    expect(await wire.calls('GET profile')).to.have.length(1);
    expect(fetched()).to.equal(1);
  });
});
