import { expect } from '@open-wc/testing';
import { find, stage } from '../../testing/stage.ts';
import { banner } from './banner.ts';

describe('banner', () => {
  for (const [tone, role] of [
    ['neutral', 'status'],
    ['danger', 'alert'],
  ] as const) {
    it(`is announced as ${role} when ${tone}, and accessible in both themes`, async () => {
      for (const theme of ['light', 'dark']) {
        const { host, root } = await stage(banner(tone, 'Nothing can be changed'), { theme });
        expect(find(root, `[role=${role}]`).innerText.trim()).to.equal('Nothing can be changed');
        await expect(host).to.be.accessible();
      }
    });
  }
});
