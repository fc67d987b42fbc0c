import { describe, expect, it } from 'vitest';
import { layoutLine, layoutParagraphs } from './paragraph.ts';
import { rightToLeftMark } from './typeface.ts';

const textsOf = (text: string, maxWidth: number): string[] =>
  layoutParagraphs(text, 'Regular', maxWidth).map((line) => line.text);

const drawn = (text: string): string[] =>
  layoutLine(text, 'Regular').runs.map((run) => `${run.typeface.name.replace(/-.*/, '')}: ${run.text}`);

const fromRight = (text: string): string => rightToLeftMark + text;

describe('layoutParagraphs', () => {
  for (const [text, maxWidth, expected] of [
    ['Compute hours', 20, ['Compute hours']],
    ['Compute hours of the month', 8, ['Compute hours', 'of the month']],
    ['first\nsecond\r\nthird', 20, ['first', 'second', 'third']],
    ['pay-as-you-go', 4, ['pay-as-', 'you-go']],
    ['down to -5', 4, ['down to', '-5']],
    ['WWWWWWWW', 3, ['WWW', 'WWW', 'WW']],
    ['東京都、千代田区', 4, ['東京都、', '千代田区']],
    ['「丸の内」ビル', 3.2, ['「丸の', '内」', 'ビル']],
    ['ภาษาไทยไม่มีช่องว่าง', 5, ['ภาษาไทย', 'ไม่มีช่องว่าง']],
    ['bell\u0007 and\tNUL\u0000', 20, ['bell and NUL']],
    ['', 20, ['']],
  ] as const) {
    it(`breaks ${JSON.stringify(text)} at ${maxWidth}`, () => {
      expect(textsOf(text, maxWidth)).toEqual(expected);
    });
  }

  it('makes no line wider than it may be', () => {
    const texts = [
      'الخدمات السحابية في المنطقة الأولى',
      'Donaudampfschifffahrtsgesellschaft mbH',
      '東京都千代田区丸の内',
    ];
    for (const line of texts.flatMap((text) => layoutParagraphs(text.repeat(5), 'Bold', 7))) {
      expect(line.width).toBeLessThanOrEqual(7.001);
    }
  });

  it('keeps one grapheme a line where not even that fits', () => {
    expect(textsOf('né', 0.1)).toEqual(['n', 'é']);
  });
});

describe('layoutLine', () => {
  for (const [text, expected] of [
    ['INV-7', ['NotoSans: INV-7']],
    ['Ελληνικά Việt', ['NotoSans: Ελληνικά Việt']],
    ['शर्मा', ['NotoSans: शर्मा']],
    ['株式会社サクラ', ['NotoSansJP: 株式会社サクラ']],
    ['한국', ['NotoSansKR: 한국']],
    ['讯', ['NotoSansSC: 讯']],
    ['计讯', ['NotoSansSC: 计讯']],
    ['שלום', [`NotoSansHebrew: ${fromRight('שלום')}`]],
    ['INV-7 شركة', ['NotoSans: INV-7 ', `NotoSansArabic: ${fromRight('شركة')}`]],
    ['شركة INV-7', ['NotoSans: INV-7', `NotoSans: ${fromRight(' ')}`, `NotoSansArabic: ${fromRight('شركة')}`]],
    ['a 🚀👩‍👩‍👧 b', ['NotoSans: a ', 'NotoSans: \ufffd', 'NotoSans:  b']],
  ] as const) {
    it(`draws ${text} from left to right`, () => {
      expect(drawn(text)).toEqual(expected);
    });
  }

  it('mirrors brackets that are read from right to left, and says which they were', () => {
    const { runs } = layoutLine('شركة (دبي)', 'Regular');
    expect(runs.map(({ text, actualText }) => [text.at(-1), actualText])).toEqual([
      ['(', ')'],
      ['ي', undefined],
      [')', '('],
      [' ', undefined],
      ['ة', undefined],
    ]);
  });

  it('says what its glyphs do not tell', () => {
    expect(layoutLine('क्षत्रिय', 'Regular').runs[0]?.actualText).toBe('क्षत्रिय');
    expect(layoutLine('🚀', 'Regular').runs[0]?.actualText).toBe('🚀');
    expect(layoutLine('Plain é', 'Regular').runs[0]?.actualText).toBeUndefined();
  });

  it('joins Arabic letters', () => {
    const joined = layoutLine('بيت', 'Regular').width;
    const apart = [...'بيت'].reduce((sum, letter) => sum + layoutLine(letter, 'Regular').width, 0);
    expect(joined).toBeLessThan(apart);
  });
});
