import { expect } from '@open-wc/testing';
import { accentFacts } from './accent-contrast.ts';

describe('accentFacts', () => {
  const table: [accent: string, textOn: string, ratio: number, isDarkened: boolean, isLightened: boolean][] = [
    ['#000000', 'white', 21, false, true],
    ['#ffffff', 'black', 21, true, false],
    ['#ffe600', 'black', 16.6, true, false],
    ['#0f766e', 'white', 5.5, false, true],
    ['#0f7', 'black', 15.6, true, false],
    ['#767676', 'black', 4.6, false, true],
  ];

  for (const [accent, textOn, ratio, isDarkenedOnLight, isLightenedOnDark] of table) {
    it(`of ${accent}`, () => {
      const facts = accentFacts(accent);
      expect({ ...facts, ratio: Math.round(facts.ratio * 10) / 10 }).to.deep.equal({
        textOn,
        ratio,
        isDarkenedOnLight,
        isLightenedOnDark,
      });
    });
  }

  it('finds text of at least 4.5:1 for every colour', () => {
    for (let value = 0; value < 0x1000000; value += 0x010307) {
      expect(accentFacts(`#${value.toString(16).padStart(6, '0')}`).ratio).to.be.at.least(4.5);
    }
  });
});
