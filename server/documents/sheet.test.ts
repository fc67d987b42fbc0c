import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../testing/read-pdf.ts';
import { margin, renderSheet } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { body } from './styles.ts';

const about = { title: 'A title', author: 'An author', createdAt: new Date(0), footer: 'A foot' };

const write = (sheet: Sheet, text: string): void => {
  const element = sheet.element(sheet.root, 'P');
  sheet.row([{ x: margin, width: 200, align: 'start', texts: [{ text, style: body }], element }]);
};

describe('renderSheet', () => {
  it('draws when it is read', async () => {
    let isDrawn = false;
    const content = renderSheet(about, async (sheet) => {
      isDrawn = true;
      write(sheet, 'Hello');
    });
    expect(isDrawn).toBe(false);
    expect((await readPdf(await buffer(content))).pages).toEqual(['Hello A foot Page 1 of 1']);
  });

  it('breaks off with the error when drawing fails', async () => {
    const content = renderSheet(about, async (sheet) => {
      write(sheet, 'Hello');
      await sheet.pause();
      throw new Error('No ink');
    });
    await expect(buffer(content)).rejects.toThrow('No ink');
  });

  it('stops drawing when nobody reads any more', async () => {
    let rows = 0;
    let ended: (reason: unknown) => void = () => undefined;
    const stopped = new Promise((resolve) => {
      ended = resolve;
    });
    const content = renderSheet(about, async (sheet) => {
      try {
        for (;;) {
          write(sheet, `Row ${rows}`);
          rows += 1;
          await sheet.pause();
        }
      } catch (error) {
        ended(error);
        throw error;
      }
    });
    content.once('data', () => content.destroy());
    await once(content, 'close');
    expect(await stopped).toMatchObject({ message: 'The file is not wanted any more' });
    expect(rows).toBeGreaterThan(0);
  });

  it('begins a new page for what does not fit, and splits only what fits on none', async () => {
    const content = renderSheet(about, async (sheet) => {
      for (let paragraph = 0; paragraph < 30; paragraph += 1) {
        write(sheet, Array.from({ length: 5 }, (_, line) => `p${paragraph}l${line}`).join('\n'));
      }
      write(sheet, Array.from({ length: 100 }, (_, line) => `long${line}`).join('\n'));
    });
    const { pages } = await readPdf(await buffer(content));
    for (const page of pages) {
      expect((page.match(/p\d+l\d/g) ?? []).length % 5).toBe(0);
    }
    expect(pages.join(' ').match(/long\d+/g)).toHaveLength(100);
  });
});
