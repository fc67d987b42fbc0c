import { expect } from '@open-wc/testing';
import { fileNameOf } from './saved-file.ts';

describe('fileNameOf', () => {
  for (const [header, name] of [
    ['attachment; filename="invoice-INV-7.pdf"', 'invoice-INV-7.pdf'],
    ['attachment; filename=invoices.csv', 'invoices.csv'],
    [`attachment; filename="?.pdf"; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf`, '請求書.pdf'],
    [`attachment; filename="plain.pdf"; filename*=UTF-8''%E0%A4%A`, 'plain.pdf'],
    ['attachment', null],
    ['', null],
  ] as const) {
    it(`takes ${String(name)} from ${header || 'nothing'}`, () => expect(fileNameOf(header)).to.equal(name));
  }
});
