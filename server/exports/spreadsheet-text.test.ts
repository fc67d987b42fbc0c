import { describe, expect, it } from 'vitest';
import { spreadsheetText } from './spreadsheet-text.ts';

describe('spreadsheetText', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
    ['=HYPERLINK("https://example.com";"Pay")', '\'=HYPERLINK("https://example.com";"Pay")'],
    ['+44 117 496 0000', "'+44 117 496 0000"],
    ['-', "'-"],
    ['--', "'--"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    ['\tplain', "'\tplain"],
    ['\rplain', "'\rplain"],
    [' =1', "' =1"],
    ['   +1', "'   +1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\u3000=1', "'\u3000=1"],
    ['\u200b=1', "'\u200b=1"],
    ['\u200f=1', "'\u200f=1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['\ufeff \ufeff@A', "'\ufeff \ufeff@A"],
    ['"=1"', '\'"=1"'],
    ["'=1", "''=1"],
    ['“=1”', "'“=1”"],
    ['" =1', '\'" =1'],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    ['﹦1', "'﹦1"],
    ['−1', "'−1"],
    ['Fee;=1+1', "Fee;'=1+1"],
    ['Fee; -10 %', "Fee;' -10 %"],
    ['Fee\n=1+1', "Fee\n'=1+1"],
    ['Fee\r\n=1+1', "Fee\r\n'=1+1"],
    ['Fee\t+1', "Fee\t'+1"],
    ['a;;"=1"', 'a;;\'"=1"'],
  ])('makes %j harmless', (text, expected) => {
    expect(spreadsheetText(text)).toBe(expected);
  });

  it.each([
    '',
    'INV-7',
    'a=b',
    'a - b',
    '1+1',
    'you@example.com',
    "O'Hara & Sons",
    '"Quoted"',
    'Line one\nLine two',
    'Line one\n\nLine three',
    'Fee, -10 %',
    '株式会社サクラ',
    'شركة النخيل',
    '2026-11-23',
    '#REF!',
    '(1)',
  ])('leaves %j alone', (text) => {
    expect(spreadsheetText(text)).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    const text = `${' '.repeat(200_000)}x`;
    const start = performance.now();
    expect(spreadsheetText(text)).toBe(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
