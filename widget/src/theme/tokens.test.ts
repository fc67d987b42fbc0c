import { emulateMedia } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { find, stage } from '../testing/stage.ts';

const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

function luminance(color: string): number {
  if (!pixel) throw new Error('No canvas');
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const accents = ['#000000', '#ffffff', '#ffe600', '#ff0000', '#00ff00', '#0000ff', '#777777', '#4f46e5', '#0f766e'];

describe('tokens', () => {
  for (const theme of ['light', 'dark']) {
    for (const accent of accents) {
      it(`makes ${accent} readable in ${theme}, as text and under text`, async () => {
        const { host, root } = await stage(
          html`<button class="link" type="button">Link</button>
            <button class="button primary" type="button">Pay</button>
            <i class="button">Surface</i>`,
          { theme },
        );
        host.style.setProperty('--zenskar-accent', accent);
        const primary = getComputedStyle(find(root, '.primary'));
        const surface = getComputedStyle(find(root, 'i')).backgroundColor;
        expect(contrast(getComputedStyle(find(root, '.link')).color, surface)).to.be.at.least(4.5);
        expect(contrast(primary.color, accent)).to.be.at.least(4.5);
        expect(contrast(primary.borderTopColor, surface)).to.be.at.least(3);
      });
    }
  }

  it("takes the page's CSS before the branding, and the branding before the default", async () => {
    const { host, root } = await stage(html`<button class="button primary" type="button">Pay</button>`);
    const background = (): string => getComputedStyle(find(root, '.primary')).backgroundColor;
    expect(background()).to.equal('rgb(79, 70, 229)');
    const branding = new CSSStyleSheet();
    branding.replaceSync(':host { --zk-brand-accent: rgb(1, 2, 3); } .button { transition: none !important; }');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, branding];
    expect(background()).to.equal('rgb(1, 2, 3)');
    host.style.setProperty('--zenskar-accent', 'rgb(4, 5, 6)');
    expect(background()).to.equal('rgb(4, 5, 6)');
  });

  it('follows the page when it has no theme of its own', async () => {
    const { host } = await stage(html``);
    host.removeAttribute('theme');
    document.documentElement.style.colorScheme = 'dark';
    const dark = getComputedStyle(host).color;
    document.documentElement.style.colorScheme = 'light';
    const light = getComputedStyle(host).color;
    document.documentElement.style.colorScheme = '';
    expect(luminance(dark)).to.be.greaterThan(0.5);
    expect(luminance(light)).to.be.lessThan(0.1);
  });

  it('lets nothing of the page in but font and colour scheme', async () => {
    const { host } = await stage(html`<p>Text</p>`);
    const page = document.body.style;
    page.cssText = 'font: italic 30px/3 monospace; letter-spacing: 9px; text-transform: uppercase; color: red';
    const style = getComputedStyle(host);
    expect([
      style.fontFamily,
      style.fontSize,
      style.lineHeight,
      style.letterSpacing,
      style.textTransform,
    ]).to.deep.equal(['monospace', '14px', '20px', 'normal', 'none']);
    page.cssText = '';
  });

  it('does not move when the reader wants less motion', async () => {
    const { root } = await stage(html`<button class="button" type="button">Button</button>`);
    const duration = (): string => getComputedStyle(find(root, 'button')).transitionDuration;
    expect(duration()).to.equal('0.15s');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(duration()).to.equal('0s');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });
});
