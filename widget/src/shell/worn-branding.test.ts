import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Branding } from '#contract/branding.ts';
import type { ZenskarErrorEvent } from '../events.ts';
import '../define.ts';
import { opened, portalSession, sessionToken, startWire } from '../testing/wire.ts';
import type { ZenskarPortal } from '../zenskar-portal.ts';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

async function show(branding: Partial<Branding>): Promise<{ portal: ZenskarPortal; root: ShadowRoot }> {
  const { organisation } = portalSession();
  const session = portalSession({
    organisation: { ...organisation, branding: { ...organisation.branding, ...branding } },
  });
  const { apiUrl } = await startWire({ 'POST session/redeem': [{ body: opened({ session }) }] });
  const portal = await fixture<ZenskarPortal>(
    html`<zenskar-portal api-url=${apiUrl} session-token=${sessionToken}></zenskar-portal>`,
  );
  const root = portal.shadowRoot;
  if (!root) throw new Error('The portal has no shadow root');
  await waitUntil(() => root.querySelector('[part=header]'), 'never ready');
  return { portal, root };
}

const internal = (portal: HTMLElement, name: string): string => getComputedStyle(portal).getPropertyValue(name).trim();

describe("the merchant's look", () => {
  it('lies under what the page says, property by property', async () => {
    const { portal } = await show({ accent: '#0a7d5a', radius: 2, font_family: "'Courier New', monospace" });
    const style = getComputedStyle(portal);
    expect(internal(portal, '--zk-accent')).to.equal('rgb(10, 125, 90)');
    expect(internal(portal, '--zk-radius')).to.equal('2px');
    expect(style.fontFamily).to.equal('"Courier New", monospace');

    portal.style.setProperty('--zenskar-radius', '20px');
    expect(internal(portal, '--zk-radius')).to.equal('20px');
    expect(internal(portal, '--zk-accent')).to.equal('rgb(10, 125, 90)');
    portal.style.setProperty('--zenskar-accent', '#123456');
    portal.style.setProperty('--zenskar-font-family', 'Georgia, serif');
    expect(internal(portal, '--zk-accent')).to.equal('rgb(18, 52, 86)');
    expect(style.fontFamily).to.equal('Georgia, serif');

    portal.removeAttribute('style');
    expect(internal(portal, '--zk-radius')).to.equal('2px');
  });

  it('leaves what it does not say to the page and the defaults', async () => {
    const { portal } = await show({ accent: null });
    expect(internal(portal, '--zk-radius')).to.equal('8px');
    expect(getComputedStyle(portal).fontFamily).to.equal(getComputedStyle(document.body).fontFamily);
    expect(getComputedStyle(portal).colorScheme).to.equal(getComputedStyle(document.body).colorScheme);
  });

  it('has a theme, over which the theme attribute and the page stand', async () => {
    const { portal } = await show({ theme: 'dark' });
    const scheme = (): string => getComputedStyle(portal).colorScheme;
    expect(scheme()).to.equal('dark');
    portal.theme = 'light';
    await portal.updateComplete;
    expect(scheme()).to.equal('light');
    portal.theme = '';
    await portal.updateComplete;
    expect(scheme()).to.equal('dark');
    portal.style.colorScheme = 'light';
    expect(scheme()).to.equal('light');
  });
});

describe('a logo', () => {
  it('that cannot be loaded is hidden: the name stays, and the page is told', async () => {
    const errors: ZenskarErrorEvent[] = [];
    const listen = (event: Event): number => errors.push(event as ZenskarErrorEvent);
    document.addEventListener('zenskar-error', listen);
    try {
      const { root } = await show({ logo_url: new URL('/no-such-logo.png', location.href).href });
      await waitUntil(() => errors.length > 0, 'no event');
      expect(errors.map(({ code, isFatal, requestId }) => [code, isFatal, requestId])).to.deep.equal([
        ['logo_failed', false, null],
      ]);
      expect(root.querySelector('img')?.checkVisibility()).to.equal(false);
      expect((root.querySelector('.merchant') as HTMLElement).innerText.trim()).to.equal('Northwind Cloud');
    } finally {
      document.removeEventListener('zenskar-error', listen);
    }
  });

  it('is an address on the web: nothing else is shown', async () => {
    const { root } = await show({ logo_url: pixel });
    expect(root.querySelector('img')).to.equal(null);
  });
});
