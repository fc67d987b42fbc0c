import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { find, stage } from '../../testing/stage.ts';
import { statusPill, statusWord } from './status-pill.ts';

const tones = ['success', 'pending', 'partial', 'danger', 'neutral'] as const;

describe('statusPill', () => {
  for (const theme of ['light', 'dark']) {
    it(`tells every tone by a shape of its own and stays readable in ${theme}`, async () => {
      const { host, root } = await stage(html`${tones.map((tone) => statusPill(tone, tone))}`, { theme });
      const shapes = tones.map((tone) => find(root, `.${tone} path`).getAttribute('d'));
      expect(new Set(shapes).size).to.equal(tones.length);
      await expect(host).to.be.accessible();
    });
  }
});

describe('statusWord', () => {
  it('turns a status into words', () => {
    expect(['partially_paid', 'paid'].map(statusWord)).to.deep.equal(['Partially paid', 'Paid']);
  });
});
