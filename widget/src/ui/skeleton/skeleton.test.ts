import { expect } from '@open-wc/testing';
import { find, findAll, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import { skeletonRows } from './skeleton.ts';

describe('skeletonRows', () => {
  it('takes its space at once and is seen only after 150 ms', async () => {
    const { host, root } = await stage(skeletonRows({ ctx: viewContext(), rows: 3, columns: 4 }));
    expect(findAll(root, '.skeleton-row').map(({ offsetHeight }) => offsetHeight)).to.deep.equal([44, 44, 44]);
    const [animation] = find(root, '.skeleton').getAnimations();
    expect(animation?.effect?.getTiming().delay).to.equal(150);
    await animation?.finished;
    expect(getComputedStyle(find(root, '.skeleton')).opacity).to.equal('1');
    await expect(host).to.be.accessible();
  });
});
