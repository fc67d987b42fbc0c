import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { find, nextEvent, stage } from '../../testing/stage.ts';
import './define.ts';
import type { ZkPanel } from './panel.ts';

async function panel(): Promise<{
  element: ZkPanel;
  host: HTMLElement;
  opener: HTMLElement;
  dialog: HTMLDialogElement;
}> {
  const { root, host } = await stage(html`
    <button class="button" type="button">Open</button>
    <zk-panel heading="Invoice INV-7" close-label="Close"><p>Content</p></zk-panel>
  `);
  const element = find<ZkPanel>(root, 'zk-panel');
  const opener = find(root, 'button');
  await element.updateComplete;
  opener.focus();
  element.open = true;
  await element.updateComplete;
  const dialog = find<HTMLDialogElement>(element, 'dialog');
  await Promise.all(dialog.getAnimations().map(({ finished }) => finished));
  return { element, host, opener, dialog };
}

describe('zk-panel', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  it('is a modal dialog named by its heading', async () => {
    const { dialog, element, host } = await panel();
    expect(dialog.matches(':modal')).to.equal(true);
    expect(find(element, `#${dialog.getAttribute('aria-labelledby')}`).textContent).to.equal('Invoice INV-7');
    await expect(host).to.be.accessible();
  });

  it('closes by Escape and returns the focus to its opener', async () => {
    const { element, opener } = await panel();
    const closed = nextEvent(element, 'zk-panel-close');
    await sendKeys({ press: 'Escape' });
    await closed;
    expect(element.open).to.equal(false);
    expect((opener.getRootNode() as ShadowRoot).activeElement === opener).to.equal(true);
  });

  it('closes by its button', async () => {
    const { element } = await panel();
    const closed = nextEvent(element, 'zk-panel-close');
    find(element, 'button[aria-label=Close]').click();
    await closed;
    expect(element.open).to.equal(false);
  });

  it('closes by a press beside it, not on it', async () => {
    const { element, dialog } = await panel();
    find(element, '.content').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    expect(dialog.open).to.equal(true);
    dialog.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    expect(dialog.open).to.equal(false);
  });

  it('says nothing when it is closed from outside', async () => {
    const { element, dialog } = await panel();
    let closings = 0;
    element.addEventListener('zk-panel-close', () => closings++);
    const closed = nextEvent(dialog, 'close');
    element.open = false;
    await closed;
    expect(closings).to.equal(0);
  });

  it('is modal again where it is moved in the page', async () => {
    const { element, dialog, host } = await panel();
    let closings = 0;
    element.addEventListener('zk-panel-close', () => closings++);
    host.shadowRoot?.prepend(element);
    await element.updateComplete;
    expect([element.open, dialog.matches(':modal'), closings]).to.deep.equal([true, true, 0]);
  });

  it('stands at the side of a wide window and fills a narrow one', async () => {
    await setViewport({ width: 1200, height: 700 });
    const { dialog } = await panel();
    await Promise.all(dialog.getAnimations().map(({ finished }) => finished));
    expect(dialog.getBoundingClientRect().toJSON()).to.include({ left: 600, right: 1200, height: 700 });
    await setViewport({ width: 320, height: 600 });
    expect(dialog.getBoundingClientRect().toJSON()).to.include({ left: 0, width: 320, height: 600 });
  });
});
