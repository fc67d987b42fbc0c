import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { find, findAll, stage } from '../../testing/stage.ts';
import type { Stage } from '../../testing/stage-element.ts';
import { panelId, tabId, tabList } from './tabs.ts';

const tabs = [
  { id: 'invoices', label: 'Invoices' },
  { id: 'payments', label: 'Payments' },
  { id: 'entitlements', label: 'Entitlements' },
];

async function tabbed(selected: string, dir = 'ltr', width = 600): Promise<{ host: Stage; root: ShadowRoot }> {
  const content = (current: string): unknown => html`
    ${tabList({
      label: 'Sections',
      tabs,
      selected: current,
      onSelect: (id) => (host.content = content(id) as typeof host.content),
    })}
    <div id=${panelId(current)} role="tabpanel" aria-labelledby=${tabId(current)} tabindex="0">${current}</div>
  `;
  const { host, root } = await stage(html``, { dir, width });
  host.content = content(selected) as typeof host.content;
  await host.updateComplete;
  return { host, root };
}

const selectedTab = (root: ShadowRoot): string | null => find(root, '[aria-selected=true]').textContent?.trim() ?? null;

describe('tabList', () => {
  for (const [dir, key, expected] of [
    ['ltr', 'ArrowRight', 'Payments'],
    ['ltr', 'ArrowLeft', 'Entitlements'],
    ['ltr', 'End', 'Entitlements'],
    ['rtl', 'ArrowLeft', 'Payments'],
    ['rtl', 'ArrowRight', 'Entitlements'],
  ] as const) {
    it(`goes from the first tab by ${key} to ${expected} in ${dir}`, async () => {
      const { host, root } = await tabbed('invoices', dir);
      find(root, '[role=tab]').focus();
      await sendKeys({ press: key });
      await host.updateComplete;
      expect(selectedTab(root)).to.equal(expected);
      expect(root.activeElement?.textContent?.trim()).to.equal(expected);
    });
  }

  it('goes from the last tab forward to the first, and by Home', async () => {
    const { host, root } = await tabbed('entitlements');
    find(root, '[aria-selected=true]').focus();
    await sendKeys({ press: 'ArrowRight' });
    await host.updateComplete;
    expect(selectedTab(root)).to.equal('Invoices');
  });

  it('has one tab in the tab order and names the panel by it', async () => {
    const { root } = await tabbed('payments');
    expect(findAll(root, '[role=tab]').map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, 0, -1]);
    expect(find(root, '[aria-selected=true]').getAttribute('aria-controls')).to.equal(find(root, '[role=tabpanel]').id);
  });

  it('selects by a press', async () => {
    const { host, root } = await tabbed('invoices');
    find(root, `#${tabId('payments')}`).click();
    await host.updateComplete;
    expect(selectedTab(root)).to.equal('Payments');
  });

  it('scrolls by itself when narrow and is accessible', async () => {
    const { host } = await tabbed('invoices', 'ltr', 200);
    expect(host.scrollWidth).to.be.at.most(200);
    await expect(host).to.be.accessible();
  });
});
