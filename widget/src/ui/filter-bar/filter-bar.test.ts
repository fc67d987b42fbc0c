import { aTimeout, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { find, findAll, nextEvent, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import './define.ts';
import type { ZkFilterBar } from './filter-bar.ts';
import { noFilter } from './filter-change-event.ts';
import type { FilterValue } from './filter-change-event.ts';

const choices = [
  {
    key: 'status',
    label: 'Status',
    options: [
      { value: 'paid', label: 'Paid' },
      { value: 'void', label: 'Void' },
      { value: 'open', label: 'Open' },
    ],
  },
];

async function filterBar(value: FilterValue = noFilter, width = 900): Promise<{ bar: ZkFilterBar; host: HTMLElement }> {
  const { root, host } = await stage(
    html`<zk-filter-bar
      .ctx=${viewContext()}
      .value=${value}
      .choices=${choices}
      .searchLabel=${'Search by number'}
      .dateLabel=${'Due date'}
    ></zk-filter-bar>`,
    { width },
  );
  const bar = find<ZkFilterBar>(root, 'zk-filter-bar');
  await bar.updateComplete;
  return { bar, host };
}

async function comeNear(bar: ZkFilterBar): Promise<void> {
  find(bar, '.bar').dispatchEvent(new PointerEvent('pointerenter'));
  await customElements.whenDefined('zk-filter-popover');
}

const openers = (bar: ZkFilterBar): string[] => findAll(bar, '.opener').map((button) => button.innerText.trim());

describe('zk-filter-bar', () => {
  it('loads what its buttons open when the reader comes near, and not before', async () => {
    const { bar } = await filterBar();
    const loaded = (): boolean =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('filter-popover.ts'));
    expect(loaded()).to.equal(false);
    await comeNear(bar);
    expect(loaded()).to.equal(true);
    expect(findAll(find(bar, '#status'), 'input')).to.have.length(3);
  });

  it('asks once for what was typed, after typing pauses', async () => {
    const { bar } = await filterBar();
    const asked: FilterValue[] = [];
    bar.addEventListener('zk-filter-change', ({ value }) => asked.push(value));
    find(bar, 'input[type=search]').focus();
    const first = nextEvent(bar, 'zk-filter-change');
    await sendKeys({ type: ' inv-7 ' });
    expect(asked).to.deep.equal([]);
    await first;
    expect(asked).to.deep.equal([{ ...noFilter, search: 'inv-7' }]);
  });

  it('does not ask for a search that has been removed from the page', async () => {
    const { bar } = await filterBar();
    let asked = 0;
    bar.addEventListener('zk-filter-change', () => asked++);
    find<HTMLInputElement>(bar, 'input[type=search]').value = 'x';
    find(bar, 'input[type=search]').dispatchEvent(new Event('input'));
    bar.remove();
    await aTimeout(300);
    expect(asked).to.equal(0);
  });

  it('asks for several options together and keeps what is being typed', async () => {
    const { bar } = await filterBar({ ...noFilter, chosen: { status: ['paid'] } });
    find<HTMLInputElement>(bar, 'input[type=search]').value = 'inv';
    const asked = nextEvent(bar, 'zk-filter-change');
    await comeNear(bar);
    find(bar, '.opener').click();
    find(find(bar, '#status'), 'input[value=void]').click();
    expect((await asked).value).to.deep.equal({ ...noFilter, search: 'inv', chosen: { status: ['paid', 'void'] } });
  });

  it('asks for a range of days', async () => {
    const { bar } = await filterBar();
    await comeNear(bar);
    const asked = nextEvent(bar, 'zk-filter-change');
    const from = find<HTMLInputElement>(find(bar, '#days'), 'input[type=date]');
    from.value = '2026-11-01';
    from.dispatchEvent(new Event('change'));
    expect((await asked).value).to.deep.equal({ ...noFilter, from: '2026-11-01' });
  });

  it('says what is chosen, and counts it when it is long', async () => {
    const some = await filterBar({ ...noFilter, chosen: { status: ['paid', 'void'] }, from: '2026-11-01' });
    const many = await filterBar({ ...noFilter, chosen: { status: ['paid', 'void', 'open'] } });
    expect(openers(some.bar)).to.deep.equal(['Status: Paid, Void', 'Due date: 1 Nov 2026 – …']);
    expect(openers(many.bar)).to.deep.equal(['Status: 3', 'Due date']);
  });

  it('clears everything and keeps the focus', async () => {
    const { bar } = await filterBar({ ...noFilter, search: 'x', from: '2026-11-01' });
    const asked = nextEvent(bar, 'zk-filter-change');
    find(bar, '.clear').click();
    expect((await asked).value).to.deep.equal(noFilter);
    expect(bar.shadowRoot?.activeElement?.getAttribute('type')).to.equal('search');
  });

  it('offers nothing to clear when nothing is filtered', async () => {
    const { bar } = await filterBar();
    expect(findAll(bar, '.clear')).to.deep.equal([]);
  });

  it('opens its options under their button and closes them by Escape', async () => {
    const { bar } = await filterBar();
    await comeNear(bar);
    const opener = find(bar, '.opener');
    const options = find(bar, '#status');
    const isOpen = nextEvent(options, 'toggle');
    opener.focus();
    await sendKeys({ press: 'Enter' });
    await isOpen;
    await new Promise(requestAnimationFrame);
    expect(options.matches(':popover-open')).to.equal(true);
    expect(options.getBoundingClientRect().left).to.equal(opener.getBoundingClientRect().left);
    expect(options.getBoundingClientRect().top).to.equal(opener.getBoundingClientRect().bottom + 4);
    await sendKeys({ press: 'Escape' });
    expect(options.matches(':popover-open')).to.equal(false);
    expect(bar.shadowRoot?.activeElement === opener).to.equal(true);
  });

  it('gives the focus back from an option to its button by Escape', async () => {
    const { bar } = await filterBar();
    await comeNear(bar);
    const opener = find(bar, '.opener');
    opener.focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    expect(bar.shadowRoot?.activeElement?.id).to.equal('status');
    await sendKeys({ press: 'Escape' });
    expect(bar.shadowRoot?.activeElement === opener).to.equal(true);
  });

  for (const width of [900, 320]) {
    it(`is accessible and fits at ${width} px`, async () => {
      const { bar, host } = await filterBar({ ...noFilter, chosen: { status: ['paid', 'void'] } }, width);
      await comeNear(bar);
      find(bar, '.opener').click();
      expect(host.scrollWidth).to.be.at.most(width);
      await expect(host).to.be.accessible();
    });
  }
});
