import { expect, html } from '@open-wc/testing';
import { find, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import '../list-view/define-tools.ts';
import { listState } from '../list-view/list-state.ts';
import type { ListState } from '../list-view/list-state.ts';
import type { Listing } from '../list-view/list-view.ts';

const initial = listState({ key: 'created_at', isDescending: true });
const rows = Array.from({ length: 25 });

const show = async (state: ListState, listing: Listing<unknown>, width = 1000) => {
  const asked: unknown[] = [];
  const view = {
    ctx: viewContext(),
    state,
    listing,
    isPending: false,
    table: { label: 'Invoices' },
    onMove: (part: unknown) => asked.push(part),
  };
  const { host, root } = await stage(html`<zk-pager .view=${view}></zk-pager>`, { width });
  return { host, asked, pager: find(root, 'zk-pager') };
};

describe('zk-pager', () => {
  it('says where it is, and asks for neighbours and another size', async () => {
    const listing = { results: rows, total_count: 312, next: 'third', previous: 'first' };
    const { host, pager, asked } = await show({ ...initial, page: 2, cursor: 'second' }, listing);
    expect(find(pager, '.range').innerText).to.equal('51–75 of 312');
    expect(find(pager, 'nav').getAttribute('aria-label')).to.equal('Pages: Invoices');
    find(pager, '[aria-label="Previous page"]').click();
    find(pager, '[aria-label="Next page"]').click();
    const select = find<HTMLSelectElement>(pager, 'select');
    expect(select.value).to.equal('25');
    select.value = '100';
    select.dispatchEvent(new Event('change'));
    expect(asked).to.deep.equal([
      { page: 1, cursor: 'first' },
      { page: 3, cursor: 'third' },
      { size: 100, page: 0, cursor: null },
    ]);
    await expect(host).to.be.accessible();
  });

  it('has nowhere to go on the only page, and fits in 320 px', async () => {
    const { host, pager } = await show(initial, { results: rows, total_count: 25, next: null, previous: null }, 320);
    for (const name of ['Previous', 'Next']) {
      expect(find(pager, `[aria-label="${name} page"]`).ariaDisabled).to.equal('true');
    }
    expect(host.scrollWidth).to.be.at.most(320);
    await expect(host).to.be.accessible();
  });
});
