import { expect, html } from '@open-wc/testing';
import './define.ts';
import { find, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import type { Pages } from './pager.ts';

const ctx = viewContext();
const options = { label: 'Invoices', first: 26, shown: 25, total: 312, size: 25 };

const pager = (pages: Pages) => html`<zk-pager .ctx=${ctx} .pages=${pages}></zk-pager>`;

describe('zk-pager', () => {
  it('says where it is, and asks for neighbours and another size', async () => {
    const asked: unknown[] = [];
    const { host, root: outer } = await stage(
      pager({
        ...options,
        onPrevious: () => asked.push('previous'),
        onNext: () => asked.push('next'),
        onSize: (size) => asked.push(size),
      }),
    );
    const root = find(outer, 'zk-pager');
    expect(find(root, '.range').innerText).to.equal('26–50 of 312');
    find(root, '[aria-label="Previous page"]').click();
    find(root, '[aria-label="Next page"]').click();
    const select = find<HTMLSelectElement>(root, 'select');
    expect(select.value).to.equal('25');
    select.value = '100';
    select.dispatchEvent(new Event('change'));
    expect(asked).to.deep.equal(['previous', 'next', 100]);
    await expect(host).to.be.accessible();
  });

  it('has nowhere to go on the only page, and fits in 320 px', async () => {
    const { host, root: outer } = await stage(
      pager({ ...options, onPrevious: null, onNext: null, onSize: () => undefined }),
      {
        width: 320,
      },
    );
    const root = find(outer, 'zk-pager');
    expect(find(root, '[aria-label="Next page"]').ariaDisabled).to.equal('true');
    expect(host.scrollWidth).to.be.at.most(320);
    await expect(host).to.be.accessible();
  });
});
