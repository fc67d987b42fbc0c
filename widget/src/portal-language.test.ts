import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import './define.ts';
import type { ZenskarErrorEvent } from './events.ts';
import { find, findAll, nextEvent } from './testing/stage.ts';
import { opened, portalSession, sessionToken, startWire } from './testing/wire.ts';
import type { ZenskarPortal } from './zenskar-portal.ts';

const fetchSession = async (): Promise<{ session_token: string }> => ({ session_token: sessionToken });

async function place(
  attributes: Partial<ZenskarPortal> = {},
  sessionLocale: string | null = null,
): Promise<ZenskarPortal> {
  const { apiUrl } = await startWire({
    'POST session/redeem': [{ body: opened({ session: portalSession({ locale: sessionLocale }) }) }],
  });
  const portal = await fixture<ZenskarPortal>(html`<zenskar-portal></zenskar-portal>`);
  Object.assign(portal, { apiUrl, fetchSession, ...attributes });
  return portal;
}

const frame = (portal: ZenskarPortal): HTMLElement => find(portal, '.portal');
const tabNames = (portal: ZenskarPortal): string[] =>
  findAll(portal, '[role=tab]').map(({ innerText }) => innerText.trim());
const hasTabs = (portal: ZenskarPortal, first: string): Promise<void> =>
  waitUntil(() => tabNames(portal)[0] === first, `the first tab was never ${first}`, { timeout: 4_000 });

/** All texts of an element and of what is in it, hidden ones and names too. */
function textsIn(root: ShadowRoot | null): string {
  const own = [...(root?.querySelectorAll('*') ?? [])].flatMap((element) => [
    element.getAttribute('aria-label') ?? '',
    [...element.childNodes]
      .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
      .map(({ textContent }) => textContent)
      .join(' '),
    textsIn(element.shadowRoot),
  ]);
  return own.join(' ');
}

async function menuOf(portal: ZenskarPortal): Promise<HTMLElement> {
  find(portal, '.account').click();
  await waitUntil(() =>
    portal.shadowRoot?.querySelector('zk-menu')?.shadowRoot?.querySelector('[role=menu]:popover-open'),
  );
  return find(find(portal, 'zk-menu'), '[role=menu]');
}

const entry = (menu: HTMLElement, text: string): HTMLElement => {
  const found = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')].find(
    ({ innerText }) => innerText.trim() === text,
  );
  if (!found) throw new Error(`The menu has no entry ${text}`);
  return found;
};

describe('the language of the portal', () => {
  it('is the one that the session says, and no English is shown before it', async () => {
    const portal = await place({}, 'de-AT');
    const seen: string[] = [];
    const watch = (): void => {
      seen.push(textsIn(portal.shadowRoot));
      if (tabNames(portal).length === 0) requestAnimationFrame(watch);
    };
    watch();
    await hasTabs(portal, 'Rechnungen');
    expect(seen.join(' ')).not.to.match(/Loading|Invoices|Amount due/);
    expect(frame(portal).lang).to.equal('de-AT');
  });

  it('is the attribute’s before the session’s, and changes with it', async () => {
    const portal = await place({ locale: 'fr' }, 'de');
    await hasTabs(portal, 'Factures');
    portal.locale = 'ja';
    await hasTabs(portal, '請求書');
    portal.locale = '';
    await hasTabs(portal, 'Rechnungen');
  });

  it('keeps the words that it has while others are on their way', async () => {
    const portal = await place({ locale: 'fr' });
    await hasTabs(portal, 'Factures');
    portal.locale = 'pt';
    await portal.updateComplete;
    expect(tabNames(portal)[0]).to.be.oneOf(['Factures', 'Faturas']);
    await hasTabs(portal, 'Faturas');
  });

  it('is English where there are no texts, with the numbers and dates of the region', async () => {
    const portal = await place({ locale: 'zh-TW' });
    await hasTabs(portal, 'Invoices');
    expect(frame(portal).lang).to.equal('en-TW');
  });

  for (const [browser, expected] of [
    ['C', 'en'],
    ['en-US@posix', 'en-US'],
  ] as const) {
    it(`is ${expected} in a browser that says ${browser}`, async () => {
      Object.defineProperty(navigator, 'language', { value: browser, configurable: true });
      const portal = await place();
      await hasTabs(portal, 'Invoices');
      expect(frame(portal).lang).to.equal(expected);
      Reflect.deleteProperty(navigator, 'language');
    });
  }

  for (const [locale, dir, first] of [
    ['ar-AE', 'rtl', 'الفواتير'],
    ['en-GB', 'ltr', 'Invoices'],
  ] as const) {
    it(`reads ${dir} in ${locale}, whichever way the page does`, async () => {
      document.documentElement.dir = dir === 'rtl' ? 'ltr' : 'rtl';
      const portal = await place({ locale });
      await hasTabs(portal, first);
      const inside = find(portal, '.panels').querySelector('zk-invoices-page');
      expect([
        frame(portal).dir,
        inside?.matches(`:dir(${dir})`),
        getComputedStyle(frame(portal)).direction,
      ]).to.deep.equal([dir, true, dir]);
      document.documentElement.removeAttribute('dir');
    });
  }

  it('can be chosen in the account menu, each by its own name', async () => {
    const portal = await place();
    await hasTabs(portal, 'Invoices');
    const menu = await menuOf(portal);
    entry(menu, 'Language').click();
    await waitUntil(() => menu.querySelector('[role=menuitemradio]'));
    const choices = [...menu.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
    expect(choices.map(({ innerText, lang }) => [innerText.trim(), lang])).to.have.deep.members([
      ['English', 'en'],
      ['Español', 'es'],
      ['Français', 'fr'],
      ['Deutsch', 'de'],
      ['Português', 'pt'],
      ['日本語', 'ja'],
      ['العربية', 'ar'],
      ['हिन्दी', 'hi'],
    ]);
    expect(choices.filter(({ ariaChecked }) => ariaChecked === 'true').map(({ lang }) => lang)).to.deep.equal(['en']);
    await expect(portal).to.be.accessible();
    entry(menu, 'Español').click();
    await hasTabs(portal, 'Facturas');
    portal.locale = 'de';
    await hasTabs(portal, 'Rechnungen');
  });
});

describe('a merchant’s own texts', () => {
  it('stand in place of the portal’s in each language, and broken ones are told once', async () => {
    const portal = await place({ locale: 'de' });
    const told: ZenskarErrorEvent[] = [];
    portal.addEventListener('zenskar-error', (event) => told.push(event));
    const messages = { 'shell.invoices': 'Belege', 'shell.payments': 7, 'no.such': 'x' } as Record<string, unknown>;
    portal.messages = messages as ZenskarPortal['messages'];
    await hasTabs(portal, 'Belege');
    await waitUntil(() => told.length > 0);
    expect(tabNames(portal)).to.deep.equal(['Belege', 'Zahlungen', 'Leistungen']);
    expect(told.map(({ code, isFatal }) => [code, isFatal])).to.deep.equal([['messages_invalid', false]]);
    expect(told[0]?.message).to.contain('shell.payments').and.contain('no.such');
    portal.messages = { ...messages } as ZenskarPortal['messages'];
    const ready = nextEvent(portal, 'zenskar-error');
    portal.messages = 'Belege' as unknown as ZenskarPortal['messages'];
    expect((await ready).message).to.contain('expected an object');
    await hasTabs(portal, 'Rechnungen');
    expect(told).to.have.length(2);
  });
});
