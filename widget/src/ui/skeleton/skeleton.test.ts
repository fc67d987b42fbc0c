import { expect, html } from '@open-wc/testing';
import { find, findAll, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import './define.ts';

describe('zk-outline', () => {
  it('takes its space at once and is seen only after 150 ms', async () => {
    const { host, root } = await stage(html`<zk-outline .ctx=${viewContext()}></zk-outline>`);
    const outline = find(root, 'zk-outline');
    expect(findAll(outline, '.skeleton-row').map(({ offsetHeight }) => offsetHeight)).to.deep.equal(Array(10).fill(44));
    const [animation] = find(outline, '.skeleton').getAnimations();
    expect(animation?.effect?.getTiming().delay).to.equal(150);
    await animation?.finished;
    expect(getComputedStyle(find(outline, '.skeleton')).opacity).to.equal('1');
    await expect(host).to.be.accessible();
  });
});
