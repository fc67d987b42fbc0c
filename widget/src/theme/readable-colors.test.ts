import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { contrast, luminance } from '../testing/contrast.ts';
import { find, stage } from '../testing/stage.ts';
import { banner } from '../ui/banner/banner.ts';
import { statusPill } from '../ui/status-pill/status-pill.ts';
import { tabList } from '../ui/tabs/tabs.ts';

/** The ends and the primaries; then the same 200 each time, by a linear congruential generator. */
function* accents(): Generator<string> {
  yield* ['#000000', '#ffffff', '#ffe600', '#ff0000', '#00ff00', '#0000ff', '#777777', '#0f766e'];
  let state = 20_261_123;
  for (let count = 0; count < 200; count += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield `#${(state >> 7).toString(16).padStart(6, '0').slice(-6)}`;
  }
}

const looks = {
  'nothing but the accent': {},
  'a pale surface': { surface: '#dbeafe' },
  'a dark surface': { surface: '#101828' },
  'a grey surface': { surface: '#8a8f98' },
  'a paper background': { background: '#fbf7ef' },
  'a dark background': { background: '#0b1020' },
  'light text': { text: '#f2f2f2' },
  'dark text': { text: '#222' },
  'surface and background': { surface: '#ffffff', background: '#e2e2e2' },
  'dark surface and background': { surface: '#121a30', background: '#2a3350' },
};

const content = html`
  <button class="link" type="button">Link</button>
  <button class="button primary" type="button">Pay</button>
  <input class="input" aria-label="Field" />
  <p class="muted">Muted</p>
  <div class="danger-pill">${statusPill('danger', 'Overdue')}</div>
  <div class="success-pill">${statusPill('success', 'Paid')}</div>
  <div class="partial-pill">${statusPill('partial', 'Partially paid')}</div>
  <div class="neutral-pill">${statusPill('neutral', 'Void')}</div>
  ${banner('neutral', html`<button class="link" type="button">Banner</button>`)}
  ${tabList({ label: 'Tabs', tabs: [{ id: 'a', label: 'A' }], selected: 'a', onSelect: () => undefined })}
`;

describe('colours', () => {
  for (const theme of ['light', 'dark']) {
    for (const [name, look] of Object.entries(looks)) {
      it(`are readable with ${name}, in ${theme}, whatever the accent and the status colours are`, async () => {
        const { host, root } = await stage(content, { theme });
        for (const [property, value] of Object.entries(look)) host.style.setProperty(`--zenskar-${property}`, value);
        const still = new CSSStyleSheet();
        still.replaceSync('* { transition: none !important }');
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, still];
        host.style.removeProperty('background-color');
        const own = getComputedStyle(host);
        const token = (of: string): string => own.getPropertyValue(`--zk-${of}`);
        const style = (selector: string): CSSStyleDeclaration => getComputedStyle(find(root, selector));
        const problems: string[] = [];
        for (const accent of accents()) {
          for (const property of ['accent', 'danger', 'success', 'warning'])
            host.style.setProperty(`--zenskar-${property}`, accent);
          const check = (what: string, least: number, color: string, ...layers: string[]): void => {
            const found = contrast(color, ...layers);
            if (found < least)
              problems.push(`${what} with ${accent}: ${found.toFixed(2)} ${color} on ${layers.join()}`);
          };
          const surface = token('surface');
          const grounds = 'background' in look ? [[surface], [surface, own.backgroundColor]] : [[surface]];
          for (const ground of grounds) {
            check('text', 4.5, own.color, ...ground);
            check('text of a hovered row', 4.5, own.color, ...ground, token('hover'));
            for (const selector of ['.muted', '.link', '[role=tab]']) {
              check(selector, 4.5, style(selector).color, ...ground);
              check(`${selector} of a hovered row`, 4.5, style(selector).color, ...ground, token('hover'));
            }
            check('banner', 4.5, style('.banner .link').color, ...ground, style('.banner').backgroundColor);
            for (const selector of ['.danger-pill', '.success-pill', '.partial-pill', '.neutral-pill']) {
              const { color, backgroundColor } = style(`${selector} .pill`);
              check(selector, 4.5, color, ...ground, backgroundColor);
              check(`${selector} of a hovered row`, 4.5, color, ...ground, token('hover'), backgroundColor);
            }
            check('primary border', 3, style('.primary').borderTopColor, ...ground);
            check('field border', 3, style('.input').borderTopColor, ...ground);
            check('focus ring', 3, token('accent-text'), ...ground);
          }
          check('primary', 4.5, style('.primary').color, style('.primary').backgroundColor);
          check('hovered primary', 4.5, style('.primary').color, token('accent-hover'));
        }
        expect(problems.slice(0, 10), `${problems.length} problems`).to.deep.equal([]);
      });
    }
  }

  it('follow from a surface, a background or a text alone, and leave the others as they are by default', async () => {
    const { host } = await stage(html``);
    host.style.removeProperty('background-color');
    const own = getComputedStyle(host);
    const surface = (): number => luminance(own.getPropertyValue('--zk-surface'));
    const set = (property: string, value: string): void => {
      host.removeAttribute('style');
      host.style.setProperty(`--zenskar-${property}`, value);
    };
    expect(surface()).to.equal(1);
    expect(own.backgroundColor).to.match(/\/ 0\)$|^rgba\(0, 0, 0, 0\)$/);
    set('text', '#eee');
    expect(surface()).to.be.below(0.02);
    set('background', '#0b1020');
    expect(surface()).to.be.below(0.02);
    expect(luminance(own.color)).to.be.above(0.8);
    set('surface', '#101828');
    expect(luminance(own.backgroundColor)).to.be.closeTo(luminance('#101828'), 0.002);
    expect(luminance(own.color)).to.be.above(0.8);
    set('background', 'transparent');
    expect(surface()).to.equal(1);
  });
});
