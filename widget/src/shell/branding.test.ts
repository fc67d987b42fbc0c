import { expect } from '@open-wc/testing';
import type { Branding } from '#contract/branding.ts';
import { brandingCss } from './branding.ts';

const none: Branding = { logo_url: null, accent: null, radius: null, font_family: null, theme: null };

const rulesOf = (branding: Record<string, unknown>): CSSStyleRule[] => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(brandingCss({ ...none, ...branding } as Branding));
  return [...sheet.cssRules] as CSSStyleRule[];
};

const declarationsOf = (branding: Record<string, unknown>): Record<string, string> => {
  const rules = rulesOf(branding);
  expect(rules.map(({ selectorText }) => selectorText)).to.deep.equal([':host']);
  return Object.fromEntries(
    [...(rules[0]?.style ?? [])].map((name) => [name, rules[0]?.style.getPropertyValue(name) ?? '']),
  );
};

/** What would do harm if it stood in a style sheet as it is. */
const attacks = [
  'red;background:url(https://evil.example)',
  '#fff;} :host { display: none } a {',
  '#fff}',
  '#fff/*',
  '*/#fff',
  '#fff\n;color:red',
  '#fff!important',
  'url(https://evil.example/a.png)',
  'var(--secret)',
  'expression(alert(1))',
  'Inter;color:red',
  'Inter}*{display:none',
  "Inter'",
  "'Inter",
  '"Inter',
  `"Inter', serif`,
  'Inter\\',
  "'Inter\\'",
  "'Inter\n', serif",
  'Inter, url(https://evil.example)',
  'Inter,',
  'Inter/**/',
  '@import "https://evil.example"',
  '</style><script>alert(1)</script>',
  '8px',
  '8px;color:red',
  'calc(1px)',
  'dark;color:red',
  'light dark}',
  'constructor',
  '__proto__',
  '\u0000',
  '\\7d',
  '{',
  '[',
  '(',
];

describe('branding', () => {
  it('is what the merchant has set, as declarations of the host', () => {
    const declarations = declarationsOf({
      accent: '#0F7',
      radius: 0,
      font_family: `"Noto Sans", 'Source Sans 3',メイリオ`,
      theme: 'auto',
    });
    const font = declarations['--zk-brand-font']?.replaceAll("'", '"');
    expect({ ...declarations, '--zk-brand-font': font }).to.deep.equal({
      '--zk-brand-accent': '#0F7',
      '--zk-brand-radius': '0px',
      '--zk-brand-font': `"Noto Sans", "Source Sans 3",メイリオ`,
      'color-scheme': 'light dark',
    });
    expect(declarationsOf({ theme: 'light' })).to.deep.equal({ 'color-scheme': 'light' });
    expect(declarationsOf({ theme: 'dark' })).to.deep.equal({ 'color-scheme': 'dark' });
  });

  it('is nothing where nothing is set, or an older server does not know it', () => {
    expect(declarationsOf({})).to.deep.equal({});
    expect(declarationsOf({ radius: undefined, font_family: undefined, theme: undefined })).to.deep.equal({});
  });

  for (const attack of attacks) {
    it(`lets nothing of ${JSON.stringify(attack)} out of its declaration`, () => {
      const declarations = declarationsOf({ accent: attack, radius: attack, font_family: attack, theme: attack });
      for (const [name, value] of Object.entries(declarations)) {
        expect(name).to.be.oneOf(['--zk-brand-accent', '--zk-brand-font', 'color-scheme']);
        expect(value).to.match(/^[\p{L}\p{N} #,'"-]*$/u);
      }
      expect(declarationsOf({ accent: attack, font_family: attack, theme: 'dark' })['color-scheme']).to.equal('dark');
    });
  }

  it('takes no radius that is none', () => {
    for (const radius of [4.5, Number.NaN, Infinity, '8', [8], {}]) {
      expect(declarationsOf({ radius })).to.deep.equal({});
    }
  });

  it('holds the longest list of fonts in no time', () => {
    const start = performance.now();
    declarationsOf({ font_family: `${' '.repeat(100_000)}a;` });
    declarationsOf({ font_family: `${'a '.repeat(100_000)};` });
    expect(performance.now() - start).to.be.below(2_000);
  });
});
