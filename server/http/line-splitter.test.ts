import { describe, expect, it } from 'vitest';
import { LineSplitter, longestLineBytes } from './line-splitter.ts';
import type { RawLine } from './line-splitter.ts';

const split = (...chunks: (string | Buffer)[]): RawLine[] => {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk))), ...splitter.end()];
};

const found = (lines: RawLine[]) => lines.map(({ line, text }) => [line, text]);

describe('LineSplitter', () => {
  it.each([
    ['nothing', [], []],
    [
      'lines',
      ['a\nb\n'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'a last line without its end',
      ['a\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'carriage returns',
      ['a\r\nb\r\n'],
      [
        [1, 'a\r'],
        [2, 'b\r'],
      ],
    ],
    [
      'empty lines, which are counted',
      ['\n \na\n\r\n\nb'],
      [
        [3, 'a'],
        [6, 'b'],
      ],
    ],
    [
      'a byte order mark',
      ['\uFEFFa\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['only a byte order mark', ['\uFEFF'], []],
    [
      'a line in many chunks',
      ['a', 'b', '', 'c\nd', 'e'],
      [
        [1, 'abc'],
        [2, 'de'],
      ],
    ],
  ] as [string, string[], [number, string][]][])('splits %s', (_, chunks, lines) => {
    expect(found(split(...chunks))).toEqual(lines);
  });

  it('puts characters together wherever the chunks are cut', () => {
    const bytes = Buffer.from('né\n東京 😀\n');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(found(split(bytes.subarray(0, cut), bytes.subarray(cut)))).toEqual([
        [1, 'né'],
        [2, '東京 😀'],
      ]);
    }
  });

  it('takes the longest line, and refuses the next longer one alone', () => {
    const longest = 'x'.repeat(longestLineBytes);
    for (const chunks of [[`${longest}\n${longest}y\nz`], [longest.slice(1), 'x', '\n', longest, 'y', '\nz']]) {
      expect(found(split(...chunks))).toEqual([
        [1, longest],
        [2, { problem: 'too_long' }],
        [3, 'z'],
      ]);
    }
  });

  it('refuses what is not UTF-8, alone', () => {
    expect(found(split(Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x0a, 0x62])))).toEqual([
      [1, 'a'],
      [2, { problem: 'not_utf8' }],
      [3, 'b'],
    ]);
  });
});
