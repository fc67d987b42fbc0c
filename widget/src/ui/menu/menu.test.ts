import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { find, findAll, nextEvent, stage } from '../../testing/stage.ts';
import './define.ts';
import type { MenuItem, ZkMenu } from './menu.ts';

const items = [
  { id: 'profile', label: 'Profile' },
  { id: 'payments', label: 'Payment methods' },
  { id: 'return', label: 'Return to Northwind', href: '#return', separated: true },
];

async function menu(
  shown: readonly MenuItem[] = items,
): Promise<{ element: ZkMenu; host: HTMLElement; popup: HTMLElement }> {
  const { root, host } = await stage(html`<zk-menu label="Ada, account" .items=${shown}>Ada</zk-menu>`);
  const element = find<ZkMenu>(root, 'zk-menu');
  await element.updateComplete;
  return { element, host, popup: find(element, '[role=menu]') };
}

async function press(key: string, element: ZkMenu): Promise<string | undefined> {
  await sendKeys({ press: key });
  return focused(element);
}

const focused = (element: ZkMenu): string | undefined => element.shadowRoot?.activeElement?.textContent?.trim();

async function openBy(key: string, { element, popup }: { element: ZkMenu; popup: HTMLElement }): Promise<void> {
  element.focus();
  const toggled = nextEvent(popup, 'toggle');
  await sendKeys({ press: key });
  await toggled;
  await element.updateComplete;
}

describe('zk-menu', () => {
  for (const [key, expected] of [
    ['Enter', 'Profile'],
    ['Space', 'Profile'],
    ['ArrowDown', 'Profile'],
    ['ArrowUp', 'Return to Northwind'],
  ] as const) {
    it(`opens by ${key} with the focus on ${expected}`, async () => {
      const parts = await menu();
      await openBy(key, parts);
      expect(focused(parts.element)).to.equal(expected);
      expect(find(parts.element, 'button').getAttribute('aria-expanded')).to.equal('true');
    });
  }

  it('moves by arrows around the ends, Home, End and first letters', async () => {
    const parts = await menu();
    await openBy('Enter', parts);
    const { element } = parts;
    expect(await press('ArrowUp', element)).to.equal('Return to Northwind');
    expect(await press('ArrowDown', element)).to.equal('Profile');
    expect(await press('End', element)).to.equal('Return to Northwind');
    expect(await press('Home', element)).to.equal('Profile');
    expect(await press('p', element)).to.equal('Payment methods');
  });

  it('narrows to what is typed quickly', async () => {
    const parts = await menu();
    await openBy('Enter', parts);
    await sendKeys({ type: 'pay' });
    expect(focused(parts.element)).to.equal('Payment methods');
  });

  it('forgets what was typed when it closes', async () => {
    const parts = await menu();
    await openBy('Enter', parts);
    await sendKeys({ press: 'r' });
    const closed = nextEvent(parts.popup, 'toggle');
    await sendKeys({ press: 'Escape' });
    await closed;
    await openBy('Enter', parts);
    await sendKeys({ type: 'pay' });
    expect(focused(parts.element)).to.equal('Payment methods');
  });

  it('closes by Escape and returns the focus to its button', async () => {
    const parts = await menu();
    await openBy('Enter', parts);
    const toggled = nextEvent(parts.popup, 'toggle');
    await sendKeys({ press: 'Escape' });
    await toggled;
    expect(parts.popup.matches(':popover-open')).to.equal(false);
    expect(parts.element.shadowRoot?.activeElement?.className).to.equal('menu-button');
  });

  it('says what was chosen and closes', async () => {
    const parts = await menu();
    await openBy('Enter', parts);
    const chosen = nextEvent(parts.element, 'zk-menu-select');
    await sendKeys({ press: 'Enter' });
    expect((await chosen).id).to.equal('profile');
    expect(parts.popup.matches(':popover-open')).to.equal(false);
  });

  it('draws an entry with an address as a link', async () => {
    const { element } = await menu();
    expect(findAll<HTMLAnchorElement>(element, 'a[role=menuitem]').map(({ hash }) => hash)).to.deep.equal(['#return']);
  });

  it('goes into an entry of entries and back by arrows, to the one that is chosen', async () => {
    const parts = await menu([
      { id: 'profile', label: 'Profile' },
      {
        id: 'language',
        label: 'Language',
        backLabel: 'Back',
        items: [
          { id: 'de', label: 'Deutsch', lang: 'de', checked: false },
          { id: 'en', label: 'English', lang: 'en', checked: true },
        ],
      },
    ]);
    await openBy('ArrowUp', parts);
    const { element, popup, host } = parts;
    expect(focused(element)).to.equal('Language');
    expect(await press('ArrowRight', element)).to.equal('English');
    expect(popup.getAttribute('aria-label')).to.equal('Language');
    expect(element.shadowRoot?.activeElement?.getAttribute('aria-checked')).to.equal('true');
    await expect(host).to.be.accessible();
    expect(await press('ArrowLeft', element)).to.equal('Language');
    expect(await press('Enter', element)).to.equal('English');
    const toggled = nextEvent(popup, 'toggle');
    await sendKeys({ press: 'Escape' });
    await toggled;
    await openBy('Enter', parts);
    expect(focused(element)).to.equal('Profile');
  });

  it('is accessible, closed and open', async () => {
    const parts = await menu();
    await expect(parts.host).to.be.accessible();
    await openBy('Enter', parts);
    await expect(parts.host).to.be.accessible();
  });
});
