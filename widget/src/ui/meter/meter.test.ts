import { expect } from '@open-wc/testing';
import { find, stage } from '../../testing/stage.ts';
import { meter } from './meter.ts';

describe('meter', () => {
  for (const [value, max, width, level] of [
    [0, 100, '0', ''],
    [40, 100, '400', ''],
    [80, 100, '800', 'high'],
    [100, 100, '1000', 'full'],
    [150, 100, '1000', 'full'],
    [0, 0, '1000', 'full'],
  ] as const) {
    it(`draws ${value} of ${max} as ${width} thousandths`, async () => {
      const { host, root } = await stage(meter({ label: 'API calls', value, max, text: `${value} of ${max}` }));
      const element = find(root, '[role=meter]');
      expect(find(root, 'rect').getAttribute('width')).to.equal(width);
      expect(element.className.trim()).to.equal(`meter ${level}`.trim());
      expect(element.getAttribute('aria-valuetext')).to.equal(`${value} of ${max}`);
      await expect(host).to.be.accessible();
    });
  }
});
