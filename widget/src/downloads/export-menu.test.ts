import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { failure } from '../testing/failure.ts';
import { downloadsDuring, fileSource, pdfAnswer } from '../testing/file-source.ts';
import { invoices } from '../testing/invoice-fixtures.ts';
import { find, findAll, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import { MenuSelectEvent } from '../ui/menu/menu-select-event.ts';
import './define-menu.ts';
import type { ZkExportMenu } from './export-menu.ts';
import type { ZkPdfsSheet } from './pdfs-sheet.ts';
import type { ZkStatementSheet } from './statement-sheet.ts';

const query = { order: '-due_date', limit: 25, cursor: 'second', status__in: ['paid', 'void'] };

async function exportMenu(answer: () => Response | Promise<Response>, { list = 'invoices', theme = 'light' } = {}) {
  const { source, calls } = fileSource(answer);
  const { root, host } = await stage(
    html`<zk-export-menu
      .ctx=${viewContext()}
      .api=${source}
      .list=${list}
      .query=${query}
      .listing=${list === 'invoices' ? { results: invoices } : undefined}
    ></zk-export-menu>`,
    { theme },
  );
  const menu = find<ZkExportMenu>(root, 'zk-export-menu');
  await menu.updateComplete;
  const choose = (id: string): boolean => find(menu, 'zk-menu').dispatchEvent(new MenuSelectEvent(id));
  return { menu, host, calls, choose };
}

const openSheet = async <Sheet extends HTMLElement & { updateComplete: Promise<boolean> }>(
  menu: ZkExportMenu,
  tag: string,
): Promise<Sheet> => {
  await waitUntil(() => menu.shadowRoot?.querySelector(tag)?.shadowRoot?.querySelector('form'));
  return find<Sheet>(menu, tag);
};

const entries = (menu: ZkExportMenu): string[] =>
  findAll(find(menu, 'zk-menu'), '[role=menuitem]').map((entry) => entry.textContent?.trim() ?? '');

describe('zk-export-menu', () => {
  it('offers what each list can be taken away as', async () => {
    expect(entries((await exportMenu(pdfAnswer)).menu)).to.deep.equal([
      'CSV',
      'CSV for Excel',
      'PDFs of invoices…',
      'Statement of account…',
    ]);
    expect(entries((await exportMenu(pdfAnswer, { list: 'payments' })).menu)).to.deep.equal(['CSV', 'CSV for Excel']);
  });

  it('exports all pages of the list as it is filtered and ordered', async () => {
    const { menu, calls, choose } = await exportMenu(pdfAnswer);
    await downloadsDuring(async () => {
      choose('excel');
      await waitUntil(() => find(menu, '[role=status]').textContent?.includes('was downloaded'));
    });
    expect(calls).to.deep.equal([
      {
        path: 'exports/invoices',
        params: undefined,
        query: { order: '-due_date', status__in: ['paid', 'void'], format: 'excel' },
      },
    ]);
  });

  it('says that an export failed', async () => {
    const { menu, host, choose } = await exportMenu(() => {
      throw failure('internal_error');
    });
    choose('csv');
    await waitUntil(() => menu.shadowRoot?.querySelector('.problem'));
    expect(find(menu, '[role=alert]').innerText.trim()).to.equal('The download failed. Try again.');
    await expect(host).to.be.accessible();
  });
});

describe('zk-pdfs-sheet', () => {
  it('downloads the PDFs of the invoices that are chosen, and closes', async () => {
    const { menu, calls, choose } = await exportMenu(pdfAnswer);
    choose('pdfs');
    const sheet = await openSheet<ZkPdfsSheet>(menu, 'zk-pdfs-sheet');
    const [all, first] = findAll<HTMLInputElement>(sheet, 'input');
    expect(all?.checked).to.equal(true);
    first?.click();
    await sheet.updateComplete;
    expect(all?.indeterminate).to.equal(true);
    const left = invoices.length - 1;
    expect(find(sheet, '.primary').innerText.trim()).to.equal(`Download ${left} PDF${left === 1 ? '' : 's'}`);
    await downloadsDuring(async () => {
      find(sheet, '.primary').click();
      await waitUntil(() => !menu.shadowRoot?.querySelector('zk-pdfs-sheet'));
    });
    expect(calls).to.deep.equal([
      {
        path: 'exports/invoice_pdfs',
        params: undefined,
        query: {
          id__in: invoices
            .slice(1)
            .map(({ id }) => id)
            .join(','),
        },
      },
    ]);
  });

  it('asks for nothing when nothing is chosen', async () => {
    const { menu, calls, choose } = await exportMenu(pdfAnswer);
    choose('pdfs');
    const sheet = await openSheet<ZkPdfsSheet>(menu, 'zk-pdfs-sheet');
    find(sheet, 'input').click();
    await sheet.updateComplete;
    find(sheet, '.primary').click();
    expect(find(sheet, '.primary').getAttribute('aria-disabled')).to.equal('true');
    expect(calls).to.deep.equal([]);
  });
});

describe('zk-statement-sheet', () => {
  const setDay = async (sheet: ZkStatementSheet, index: number, day: string): Promise<void> => {
    const input = findAll<HTMLInputElement>(sheet, 'input[type=date]')[index];
    if (!input) throw new Error('There is no such field');
    input.value = day;
    input.dispatchEvent(new Event('change'));
    await sheet.updateComplete;
  };

  it('asks for the days and the format, and closes', async () => {
    const { menu, calls, choose } = await exportMenu(pdfAnswer);
    choose('statement');
    const sheet = await openSheet<ZkStatementSheet>(menu, 'zk-statement-sheet');
    await setDay(sheet, 0, '2026-01-05');
    await setDay(sheet, 1, '2026-03-31');
    find(sheet, 'input[value=csv]').click();
    await downloadsDuring(async () => {
      find(sheet, '.primary').click();
      await waitUntil(() => !menu.shadowRoot?.querySelector('zk-statement-sheet'));
    });
    expect(calls).to.deep.equal([
      { path: 'statement', params: undefined, query: { from: '2026-01-05', to: '2026-03-31', format: 'csv' } },
    ]);
  });

  for (const [from, to, problem] of [
    ['2026-03-31', '2026-01-05', 'The last day is before the first.'],
    ['', '2026-01-05', 'Choose both days.'],
  ] as const) {
    it(`says "${problem}" and keeps what was chosen`, async () => {
      const { menu, calls, choose } = await exportMenu(pdfAnswer);
      choose('statement');
      const sheet = await openSheet<ZkStatementSheet>(menu, 'zk-statement-sheet');
      await setDay(sheet, 0, from);
      await setDay(sheet, 1, to);
      find(sheet, '.primary').click();
      await sheet.updateComplete;
      expect(find(sheet, '[role=alert]').innerText.trim()).to.equal(problem);
      expect(find<HTMLInputElement>(sheet, 'input[type=date]').value).to.equal(from);
      expect(calls).to.deep.equal([]);
    });
  }

  for (const theme of ['light', 'dark']) {
    it(`and the list of PDFs are accessible in ${theme}`, async () => {
      for (const [id, tag] of [
        ['pdfs', 'zk-pdfs-sheet'],
        ['statement', 'zk-statement-sheet'],
      ] as const) {
        const { menu, host, choose } = await exportMenu(pdfAnswer, { theme });
        choose(id);
        const dialog = find(find(await openSheet(menu, tag), 'zk-panel'), 'dialog');
        await Promise.all(dialog.getAnimations().map(({ finished }) => finished));
        await expect(host).to.be.accessible();
      }
    });
  }
});
