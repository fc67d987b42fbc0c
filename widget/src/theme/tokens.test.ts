import { emulateMedia } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { luminance } from '../testing/contrast.ts';
import { find, stage } from '../testing/stage.ts';

describe('tokens', () => {
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
